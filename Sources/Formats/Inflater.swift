/// Unpacks DEFLATE (RFC 1951) inside gzip (RFC 1952) piece by piece, in constant memory.
struct Inflater {
  typealias Refill = (UnsafeMutableRawBufferPointer) -> Result<Int, ByteSourceError>

  private enum State {
    case memberHeader(first: Bool)
    case blockHeader
    case stored(remaining: Int)
    case compressed
    case trailer
    case finished
  }

  private static let windowSize = 32_768
  private static let longestMatch = 258

  private var state = State.memberHeader(first: true)
  private var lastBlock = false
  private let limit: Int
  private var total = 0

  // Input: a block and up to 57 bits taken from it.
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var inputAt = 0
  private var inputEnd = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  // Output: a window of what was written, followed by what was not yet handed out.
  private var output = [UInt8](repeating: 0, count: Inflater.windowSize + (1 << 17))
  private var outputEnd = 0
  private var handedOut = 0
  /// How far back a match may reach: members do not share their windows.
  private var history = 0
  private var memberLength: UInt32 = 0
  private var crc: UInt32 = 0

  private var literals = HuffmanTable()
  private var distances = HuffmanTable()

  init(limit: Int) { self.limit = limit }

  /// Hands out unpacked bytes; 0 at the end.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, refill: Refill
  ) throws(GzipError) -> Int {
    if handedOut == outputEnd { try produce(refill) }
    let count = min(buffer.count, outputEnd - handedOut)
    output.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[handedOut..<(handedOut + count)]))
    }
    handedOut += count
    return count
  }

  private mutating func produce(_ refill: Refill) throws(GzipError) {
    slideWindow()
    let start = outputEnd
    var checkedTo = start
    func room(_ inflater: borrowing Inflater) -> Int { inflater.output.count - inflater.outputEnd }
    loop: while room(self) > Self.longestMatch {
      switch state {
      case .memberHeader(let first):
        if outputEnd > start { break loop }
        guard try readHeader(first: first, refill) else {
          state = .finished
          break loop
        }
        (crc, memberLength, history, lastBlock) = (0, 0, 0, false)
        checkedTo = outputEnd
        state = .blockHeader
      case .blockHeader: try readBlockHeader(refill)
      case .stored(let remaining): try copyStored(remaining, refill)
      case .compressed: try inflate(refill)
      case .trailer:
        note(from: checkedTo)
        checkedTo = outputEnd
        try readTrailer(refill)
      case .finished: break loop
      }
    }
    note(from: checkedTo)
    total += outputEnd - start
    guard total <= limit else { throw .tooLarge(limit: limit) }
  }

  private mutating func slideWindow() {
    guard outputEnd > Self.windowSize else { return }
    let shift = outputEnd - Self.windowSize
    output.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      base.copyMemory(from: base + shift, byteCount: Self.windowSize)
    }
    outputEnd = Self.windowSize
    handedOut = outputEnd
  }

  private mutating func note(from start: Int) {
    crc = output.withUnsafeBytes {
      Gzip.checksum(UnsafeRawBufferPointer(rebasing: $0[start..<outputEnd]), continuing: crc)
    }
    memberLength &+= UInt32(truncatingIfNeeded: outputEnd - start)
  }

  // MARK: Input

  private mutating func nextByte(_ refill: Refill) throws(GzipError) -> UInt8? {
    if inputAt == inputEnd {
      let result = input.withUnsafeMutableBytes { refill($0) }
      inputAt = 0
      switch result {
      case .success(let count): inputEnd = count
      case .failure(let error): throw .source(error)
      }
      if inputEnd == 0 { return nil }
    }
    defer { inputAt += 1 }
    return input[inputAt]
  }

  /// Makes at least `count` bits ready where the input has them; missing ones read as zero in `bits`.
  private mutating func gather(_ count: Int, _ refill: Refill) throws(GzipError) {
    while bitCount < count {
      guard let byte = try nextByte(refill) else { return }
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int, _ refill: Refill) throws(GzipError) -> Int {
    try gather(count, refill)
    guard bitCount >= count else { throw .truncated }
    let value = Int(bits & ((1 << UInt64(count)) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func byte(_ refill: Refill) throws(GzipError) -> UInt8 {
    UInt8(truncatingIfNeeded: try take(8, refill))
  }

  // MARK: Members

  private mutating func readHeader(first: Bool, _ refill: Refill) throws(GzipError) -> Bool {
    try gather(8, refill)
    if bitCount < 8 {
      if first { throw .truncated }
      return false
    }
    let (one, two) = (try byte(refill), try byte(refill))
    guard one == 0x1F, two == 0x8B else { throw first ? .notGzip : .trailingGarbage }
    guard try byte(refill) == 8 else { throw .unsupported("another method than DEFLATE") }
    let flags = try byte(refill)
    guard flags & 0xE0 == 0 else { throw .unsupported("reserved flags") }
    for _ in 0..<6 { _ = try byte(refill) }
    if flags & 4 != 0 {
      let length = try take(16, refill)
      for _ in 0..<length { _ = try byte(refill) }
    }
    if flags & 8 != 0 { while try byte(refill) != 0 {} }
    if flags & 16 != 0 { while try byte(refill) != 0 {} }
    if flags & 2 != 0 { _ = try take(16, refill) }
    return true
  }

  private mutating func readTrailer(_ refill: Refill) throws(GzipError) {
    _ = try take(bitCount % 8, refill)
    let expected = UInt32(truncatingIfNeeded: try take(32, refill))
    let length = UInt32(truncatingIfNeeded: try take(32, refill))
    guard expected == crc, length == memberLength else { throw .checksum }
    state = .memberHeader(first: false)
  }

  // MARK: Blocks

  private mutating func readBlockHeader(_ refill: Refill) throws(GzipError) {
    if lastBlock {
      state = .trailer
      return
    }
    lastBlock = try take(1, refill) == 1
    switch try take(2, refill) {
    case 0:
      _ = try take(bitCount % 8, refill)
      let length = try take(16, refill)
      guard try take(16, refill) == ~length & 0xFFFF else { throw .corrupt("length of a stored block") }
      state = .stored(remaining: length)
    case 1:
      literals = HuffmanTable.fixedLiterals
      distances = HuffmanTable.fixedDistances
      state = .compressed
    case 2:
      try readDynamicTables(refill)
      state = .compressed
    default: throw .corrupt("type of a block")
    }
  }

  private mutating func copyStored(_ length: Int, _ refill: Refill) throws(GzipError) {
    var remaining = length
    while remaining > 0, outputEnd < output.count {
      output[outputEnd] = try byte(refill)
      outputEnd += 1
      remaining -= 1
    }
    history = min(history + length - remaining, Self.windowSize)
    state = remaining > 0 ? .stored(remaining: remaining) : .blockHeader
  }

  private mutating func readDynamicTables(_ refill: Refill) throws(GzipError) {
    let literalCount = try take(5, refill) + 257
    let distanceCount = try take(5, refill) + 1
    let lengthCount = try take(4, refill) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw .corrupt("number of codes") }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for place in order.prefix(lengthCount) { codeLengths[place] = UInt8(try take(3, refill)) }
    guard let codes = HuffmanTable(lengths: codeLengths, mayBeIncomplete: false) else {
      throw .corrupt("code lengths")
    }
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      let symbol = try self.symbol(codes, refill)
      switch symbol {
      case 0..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else { throw .corrupt("repeated code length") }
        lengths.append(contentsOf: repeatElement(last, count: try take(2, refill) + 3))
      case 17: lengths.append(contentsOf: repeatElement(0, count: try take(3, refill) + 3))
      default: lengths.append(contentsOf: repeatElement(0, count: try take(7, refill) + 11))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] != 0,
      let literals = HuffmanTable(lengths: Array(lengths[..<literalCount]), mayBeIncomplete: true),
      let distances = HuffmanTable(lengths: Array(lengths[literalCount...]), mayBeIncomplete: true)
    else { throw .corrupt("code tables") }
    self.literals = literals
    self.distances = distances
  }

  private mutating func symbol(_ table: HuffmanTable, _ refill: Refill) throws(GzipError) -> Int {
    try gather(15, refill)
    guard let (symbol, length) = table.decode(bits) else { throw .corrupt("unknown code") }
    guard length <= bitCount else { throw .truncated }
    bits >>= UInt64(length)
    bitCount -= length
    return symbol
  }

  private mutating func inflate(_ refill: Refill) throws(GzipError) {
    while output.count - outputEnd > Self.longestMatch {
      let symbol = try self.symbol(literals, refill)
      if symbol < 256 {
        output[outputEnd] = UInt8(symbol)
        outputEnd += 1
        history += 1
        continue
      }
      if symbol == 256 {
        history = min(history, Self.windowSize)
        state = .blockHeader
        return
      }
      guard symbol - 257 < Self.lengthBases.count else { throw .corrupt("length code") }
      let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257], refill))
      let code = try self.symbol(distances, refill)
      guard code < Self.distanceBases.count else { throw .corrupt("distance code") }
      let distance = Self.distanceBases[code] + (try take(Self.distanceBits[code], refill))
      guard distance <= history, distance <= Self.windowSize, distance <= outputEnd else {
        throw .corrupt("distance")
      }
      for _ in 0..<length {
        output[outputEnd] = output[outputEnd - distance]
        outputEnd += 1
      }
      history += length
    }
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227,
    258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
    4097,
    6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
}
