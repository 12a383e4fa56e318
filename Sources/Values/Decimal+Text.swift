extension Decimal: CustomStringConvertible {
  /// The canonical text: plain digits with no zeros at the end of the fraction, such as `10.5` or `-0.001`.
  ///
  /// Beyond 64 places before or behind the point it is `d.ddE±n`, so that no value writes thousands of zeros.
  public var description: String {
    withText { String(decoding: $0, as: UTF8.self) }
  }

  /// Appends the canonical text to a buffer of UTF-8.
  public func write(to bytes: inout [UInt8]) {
    withText { bytes.append(contentsOf: $0) }
  }

  /// The text with exactly this many digits behind the point, rounded half-even.
  ///
  /// A negative count is taken as zero, and one above 6176, the most that a decimal can have, as that.
  public func text(fractionDigits: Int) -> String {
    let wanted = min(max(0, fractionDigits), -Decimal.leastExponent)
    let value = rounded(scale: wanted, .halfEven) ?? self
    if value.isNarrow && value.scale10 <= 0 && wanted <= 18 {
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { text in
        // The missing zeros first, from the right.
        let zeros = wanted + value.exponent
        for place in 0..<zeros { text[text.count - 1 - place] = 48 }
        let start = Decimal.write(
          value.narrow, fraction: -value.exponent, to: text, end: text.count - zeros, point: wanted > 0)
        return String(decoding: UnsafeBufferPointer(rebasing: text[start...]), as: UTF8.self)
      }
    }
    var digits: [UInt8] = []
    value.withDigits { digits.append(contentsOf: $0) }
    if value.exponent > 0 {
      if !value.isZero { digits.append(contentsOf: repeatElement(48, count: value.exponent)) }
    }
    let fraction = max(0, -value.exponent)
    if digits.count <= fraction {
      digits.insert(contentsOf: repeatElement(48, count: fraction - digits.count + 1), at: 0)
    }
    var text: [UInt8] = value.isNegative ? [UInt8(ascii: "-")] : []
    text.append(contentsOf: digits[..<(digits.count - fraction)])
    if wanted > 0 {
      text.append(UInt8(ascii: "."))
      text.append(contentsOf: digits[(digits.count - fraction)...])
      text.append(contentsOf: repeatElement(48, count: wanted - fraction))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The greatest number of places before or behind the point that is written out.
  private static let plainPlaces = 64

  /// Lends the canonical text.
  private func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * Decimal.plainPlaces) { text in
      let shortest = scale10 > 0 ? nil : writeNarrow(to: text)
      let start = shortest ?? 0
      let end = shortest == nil ? writeAny(to: text) : text.count
      return body(UnsafeBufferPointer(rebasing: text[start..<end]))
    }
  }

  /// Writes a narrow number with at most 18 decimals at the end of the buffer and says where it begins.
  @inline(__always)
  private func writeNarrow(to text: UnsafeMutableBufferPointer<UInt8>) -> Int? {
    guard isNarrow && scale10 > -19 else { return nil }
    var rest = narrow.magnitude
    var fraction = -exponent
    while fraction > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      if digit != 0 { break }
      rest = quotient
      fraction &-= 1
    }
    let value = narrow < 0 ? 0 &- Int64(bitPattern: rest) : Int64(bitPattern: rest)
    return Decimal.write(value, fraction: fraction, to: text, end: text.count, point: fraction > 0)
  }

  /// Writes a value with this many of its digits behind the point backward from `end`, and says where it begins.
  @inline(__always)
  private static func write(
    _ value: Int64, fraction: Int, to text: UnsafeMutableBufferPointer<UInt8>, end: Int, point: Bool
  ) -> Int {
    var rest = value.magnitude
    var start = end
    for _ in 0..<fraction {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      start &-= 1
      text[start] = UInt8(truncatingIfNeeded: digit) &+ 48
      rest = quotient
    }
    if point {
      start &-= 1
      text[start] = UInt8(ascii: ".")
    }
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      start &-= 1
      text[start] = UInt8(truncatingIfNeeded: digit) &+ 48
      rest = quotient
    } while rest > 0
    if value < 0 {
      start &-= 1
      text[start] = UInt8(ascii: "-")
    }
    return start
  }

  /// Writes any number at the beginning of the buffer and says where it ends.
  private func writeAny(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var length = 0
    @inline(__always)
    func put(_ byte: UInt8) {
      text[length] = byte
      length &+= 1
    }
    withDigits { all in
      var digits = all
      var exponent = exponent
      while digits.count > 1 && digits[digits.count - 1] == 48
        && (exponent < 0 || digits.count + exponent > Decimal.plainPlaces)
      {
        digits = UnsafeBufferPointer(rebasing: digits[..<(digits.count - 1)])
        exponent += 1
      }
      if isZero { exponent = 0 }
      if isNegative { put(UInt8(ascii: "-")) }
      let point = digits.count + exponent
      if point > Decimal.plainPlaces || point <= -Decimal.plainPlaces {
        put(digits[0])
        if digits.count > 1 {
          put(UInt8(ascii: "."))
          for digit in digits[1...] { put(digit) }
        }
        put(UInt8(ascii: "E"))
        put(UInt8(ascii: point > 0 ? "+" : "-"))
        for digit in String((point - 1).magnitude).utf8 { put(digit) }
        return
      }
      if point <= 0 {
        put(48)
        put(UInt8(ascii: "."))
        for _ in point..<0 { put(48) }
        for digit in digits { put(digit) }
        return
      }
      for place in 0..<digits.count {
        if place == point { put(UInt8(ascii: ".")) }
        put(digits[place])
      }
      for _ in digits.count..<max(digits.count, point) { put(48) }
    }
    return length
  }

  /// Lends the digits of the significand, at least one.
  private func withDigits(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      var start = 40
      @inline(__always)
      func put(_ value: UInt64, atLeast width: Int) {
        var rest = value
        let stop = 40 - width
        while rest > 0 || start > stop {
          let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
          start &-= 1
          buffer[start] = UInt8(truncatingIfNeeded: digit) &+ 48
          rest = quotient
        }
      }
      if isNarrow {
        put(narrow.magnitude, atLeast: 1)
      } else {
        let (upper, lower) = wideMagnitude.quotientAndRemainder(dividingBy: PowersOfTen.wide(17))
        put(UInt64(truncatingIfNeeded: lower), atLeast: 17)
        put(UInt64(truncatingIfNeeded: upper), atLeast: 18)
      }
      body(UnsafeBufferPointer(rebasing: buffer[start...]))
    }
  }
}
