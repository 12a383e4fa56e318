import Values

/// How numbers are written in a column: the decimal mark, and what may stand between thousands.
struct NumberFormat: Sendable, Hashable {
  var decimalMark: UInt8
  /// Nil where digits are not grouped; a blank also stands for the no-break spaces that programs put there.
  var thousandsSeparator: Unicode.Scalar?

  static let plain = NumberFormat(decimalMark: UInt8(ascii: "."), thousandsSeparator: nil)

  var example: String {
    let mark = String(UnicodeScalar(decimalMark))
    let group = thousandsSeparator.map { String(Character($0)) } ?? ""
    return "1\(group)234\(mark)50"
  }

  /// Reads a whole text, strictly: groups of exactly three digits, one decimal mark, no exponent.
  func number(_ text: String) -> Decimal? {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.utf8.count)
    var group = 0
    var grouped = false
    var fraction = false
    var sinceMark = 0
    for (place, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "0"..."9":
        digits.append(UInt8(truncatingIfNeeded: scalar.value))
        if fraction { sinceMark += 1 } else { group += 1 }
      case "-" where place == 0, "+" where place == 0: digits.append(UInt8(truncatingIfNeeded: scalar.value))
      case _ where scalar.value == UInt32(decimalMark) && !fraction:
        guard group > 0, !grouped || group == 3 else { return nil }
        fraction = true
        digits.append(UInt8(ascii: "."))
      case _ where isSeparator(scalar) && !fraction:
        guard grouped ? group == 3 : (1...3).contains(group) else { return nil }
        grouped = true
        group = 0
      default: return nil
      }
    }
    guard fraction ? sinceMark > 0 : group > 0, !grouped || fraction || group == 3 else { return nil }
    if digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    return digits.withUnsafeBufferPointer { Decimal(utf8: $0) }
  }

  private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    guard let thousandsSeparator else { return false }
    if scalar == thousandsSeparator { return true }
    return thousandsSeparator == " " && (scalar == "\u{A0}" || scalar == "\u{202F}" || scalar == "\u{2009}")
  }
}
