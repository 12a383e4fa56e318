/// A canonical Huffman code (RFC 1951, 3.2.2): short codes by one look-up, long ones bit by bit.
struct HuffmanTable {
  private static let fastBits = 10

  /// By the next ten bits: symbol times 16 plus length; 0 for a longer or unknown code.
  private var fast: [UInt16] = []
  private var counts = [Int](repeating: 0, count: 16)
  private var symbols: [UInt16] = []

  init() {}

  /// A code from the length of each symbol's code; nil where the lengths promise more codes than there are, or
  /// fewer, except for the single code that RFC 1951 allows in a distance table.
  init?(lengths: [UInt8], mayBeIncomplete: Bool) {
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var left = 1
    for length in 1...15 {
      left = left * 2 - counts[length]
      guard left >= 0 else { return nil }
    }
    let used = lengths.count { $0 > 0 }
    guard left == 0 || (mayBeIncomplete && used <= 1) else { return nil }

    var offsets = [Int](repeating: 0, count: 17)
    for length in 1...15 { offsets[length + 1] = offsets[length] + counts[length] }
    symbols = [UInt16](repeating: 0, count: used)
    fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
    var codes = [Int](repeating: 0, count: 17)
    for length in 1...15 { codes[length + 1] = (codes[length] + counts[length]) << 1 }
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      var code = codes[length]
      codes[length] += 1
      guard length <= Self.fastBits else { continue }
      var reversed = 0
      for _ in 0..<length {
        reversed = reversed << 1 | code & 1
        code >>= 1
      }
      let entry = UInt16(symbol << 4 | length)
      for place in stride(from: reversed, to: fast.count, by: 1 << length) { fast[place] = entry }
    }
  }

  /// The symbol that the low bits spell and the length of its code.
  func decode(_ bits: UInt64) -> (symbol: Int, length: Int)? {
    guard !fast.isEmpty else { return nil }
    let entry = Int(fast[Int(bits & UInt64(fast.count - 1))])
    if entry != 0 { return (entry >> 4, entry & 15) }
    var code = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      code |= Int((bits >> UInt64(length - 1)) & 1)
      let count = counts[length]
      if code - count < first { return (Int(symbols[index + code - first]), length) }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  static let fixedLiterals: HuffmanTable = {
    let lengths: [UInt8] =
      Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
      + Array(repeating: 8, count: 8)
    return HuffmanTable(lengths: lengths, mayBeIncomplete: false) ?? HuffmanTable()
  }()

  static let fixedDistances =
    HuffmanTable(lengths: Array(repeating: 5, count: 32), mayBeIncomplete: false) ?? HuffmanTable()
}
