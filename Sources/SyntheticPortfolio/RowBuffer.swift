import Values

/// The bytes of CSV rows not yet written.
///
/// Numbers and dates go straight into bytes: strings for each field of many millions of rows would take most of
/// the time.
struct RowBuffer {
  private(set) var bytes: [UInt8] = []
  private var isRowStart = true

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func separate() {
    if isRowStart { isRowStart = false } else { bytes.append(0x2C) }
  }

  mutating func endRow() {
    bytes.append(0x0A)
    isRowStart = true
  }

  /// A field of text, quoted where RFC 4180 asks for it.
  mutating func text(_ text: String) {
    separate()
    let mustQuote = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard mustQuote else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  mutating func record(_ id: RecordID) {
    bytes.append(id.letter)
    digits(id.customer, atLeast: 7)
    guard let sequence = id.sequence else { return }
    bytes.append(0x2D)
    digits(sequence, atLeast: 2)
  }

  mutating func date(_ date: CivilDate) {
    digits(date.year, atLeast: 4)
    bytes.append(0x2D)
    digits(date.month, atLeast: 2)
    bytes.append(0x2D)
    digits(date.day, atLeast: 2)
  }

  mutating func amount(cents: Int) {
    if cents < 0 { bytes.append(0x2D) }
    digits(abs(cents) / 100, atLeast: 1)
    bytes.append(0x2E)
    digits(abs(cents) % 100, atLeast: 2)
  }

  /// A number from zero up, filled with zeros to a width.
  mutating func digits(_ number: Int, atLeast least: Int) {
    var width = 1
    var rest = number / 10
    while rest > 0 {
      width += 1
      rest /= 10
    }
    width = max(width, least)
    for _ in 0..<width { bytes.append(0x30) }
    var place = bytes.count - 1
    rest = number
    while rest > 0 {
      bytes[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      place -= 1
    }
  }
}
