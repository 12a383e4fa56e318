extension Decimal: UTF8Readable {
  /// Reads a decimal from the whole of a text such as `-12.50`, `.5` or `1E+5`; nil for anything else.
  ///
  /// There are no blanks, no leading plus, no digit grouping, and digits must follow a point. A numeral of more
  /// than 34 significant digits is rounded half-even; one beyond the greatest decimal is refused.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    let count = bytes.count
    let negative = count > 0 && bytes[0] == UInt8(ascii: "-")
    if negative { index = 1 }
    // 18 characters cannot overflow the 64-bit mantissa.
    guard count - index <= 18 else {
      self.init(long: bytes, from: index, negative: negative)
      return
    }
    var mantissa: UInt64 = 0
    let start = index
    while index < count {
      let digit = bytes[index] &- 48
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index &+= 1
    }
    if index == count {
      guard index > start else { return nil }
      let value = Int64(bitPattern: mantissa)
      self.init(narrow: negative ? 0 &- value : value, exponent: 0)
      return
    }
    if bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      let fraction = index
      while index < count {
        let digit = bytes[index] &- 48
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        index &+= 1
      }
      if index == count {
        guard index > fraction else { return nil }
        let value = Int64(bitPattern: mantissa)
        self.init(
          narrow: negative ? 0 &- value : value, exponent: Int32(truncatingIfNeeded: fraction - index))
        return
      }
    }
    self.init(long: bytes, from: start, negative: negative)
  }

  /// Reads a numeral of any length, with or without an exponent.
  private init?(long bytes: UnsafeBufferPointer<UInt8>, from start: Int, negative: Bool) {
    var index = start
    let count = bytes.count
    var mantissa: UInt128 = 0
    var kept = 0
    var exponent = 0
    var sticky = false

    /// Takes digits until something else comes, and says how many there were.
    func takeDigits(fraction: Bool) -> Int {
      let first = index
      while index < count {
        let digit = bytes[index] &- 48
        if digit > 9 { break }
        index += 1
        if kept < 37 {
          mantissa = mantissa &* 10 &+ UInt128(digit)
          if mantissa != 0 { kept += 1 }
          if fraction { exponent -= 1 }
        } else {
          sticky = sticky || digit != 0
          if !fraction { exponent += 1 }
        }
      }
      return index - first
    }

    var digits = takeDigits(fraction: false)
    if index < count && bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = takeDigits(fraction: true)
      guard fraction > 0 else { return nil }
      digits += fraction
    }
    guard digits > 0 else { return nil }
    if index < count {
      guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
      index += 1
      guard index < count else { return nil }
      let minus = bytes[index] == UInt8(ascii: "-")
      if minus || bytes[index] == UInt8(ascii: "+") { index += 1 }
      guard index < count else { return nil }
      var power = 0
      while index < count {
        let digit = bytes[index] &- 48
        guard digit <= 9 else { return nil }
        // No text is long enough for a power beyond this to be made good by its digits.
        if power < 1 << 56 { power = power * 10 + Int(digit) }
        index += 1
      }
      exponent += minus ? -power : power
    }
    guard
      let value = Decimal.nearest(
        negative: negative, high: 0, low: mantissa, exponent: exponent, sticky: sticky)
    else { return nil }
    self = value
  }
}
