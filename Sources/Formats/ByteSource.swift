#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that come in blocks: a file, standard input, memory; gzip is recognised by its first bytes and unpacked.
///
/// One reader at a time; it is not meant to be shared between threads.
public final class ByteSource {
  private enum Origin {
    case memory([UInt8], at: Int)
    case descriptor(Int32, closes: Bool)
  }

  /// What the source is called in messages: the path, or "standard input".
  public let name: String
  private var origin: Origin
  /// Bytes read ahead to recognise gzip.
  private var ahead: [UInt8] = []
  private var inflater: Inflater?
  /// Who closes a descriptor that is only lent.
  private var owner: AnyObject?

  /// Bytes in memory.
  public init(
    _ bytes: [UInt8], name: String = "memory", unpackedLimit: Int = Gzip.streamLimit
  ) {
    self.name = name
    self.origin = .memory(bytes, at: 0)
    if bytes.starts(with: Gzip.magic) { inflater = Inflater(limit: unpackedLimit) }
  }

  /// Opens a file, or standard input for "-".
  public init(path: String, unpackedLimit: Int = Gzip.streamLimit) throws(ByteSourceError) {
    if path == "-" {
      name = "standard input"
      origin = .descriptor(0, closes: false)
    } else {
      name = path
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw ByteSourceError(errno: errno, name: path) }
      origin = .descriptor(descriptor, closes: true)
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        throw ByteSourceError(reason: .isDirectory, name: path)
      }
    }
    try recogniseGzip(unpackedLimit)
  }

  /// Reads from a descriptor that its owner closes.
  init(lending descriptor: Int32, owner: AnyObject, name: String) throws(ByteSourceError) {
    self.name = name
    self.owner = owner
    origin = .descriptor(descriptor, closes: false)
    try recogniseGzip(Gzip.streamLimit)
  }

  private func recogniseGzip(_ unpackedLimit: Int) throws(ByteSourceError) {
    while ahead.count < Gzip.magic.count {
      var block = [UInt8](repeating: 0, count: 2)
      let count = try block.withUnsafeMutableBytes { readOrigin(into: $0) }.get()
      if count == 0 { break }
      ahead.append(contentsOf: block[..<count])
    }
    if ahead.starts(with: Gzip.magic) { inflater = Inflater(limit: unpackedLimit) }
  }

  deinit {
    if case .descriptor(let descriptor, true) = origin { close(descriptor) }
  }

  /// Fills the buffer, or what there is, and says how many bytes; 0 at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count: Int
      if inflater != nil {
        do throws(GzipError) {
          count = try inflater?.read(into: rest) { [unowned self] in self.readPacked(into: $0) } ?? 0
        } catch {
          if case .source(let inner) = error { throw inner }
          throw ByteSourceError(reason: .gzip(error), name: name)
        }
      } else {
        count = try readPacked(into: rest).get()
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Fills part of an array from `place` and says how many bytes; 0 at the end.
  func read(into bytes: inout [UInt8], at place: Int, count: Int) throws(ByteSourceError) -> Int {
    // The closures of the standard library do not carry the type of an error.
    let result = bytes.withUnsafeMutableBytes { buffer -> Result<Int, ByteSourceError> in
      do throws(ByteSourceError) {
        return .success(
          try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[place..<(place + count)])))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads everything, at most `limit` bytes.
  public func readAll(limit: Int = 256 << 20) throws(ByteSourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try read(into: &block, at: 0, count: block.count)
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw ByteSourceError(reason: .tooLarge(limit: limit), name: name)
      }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// Reads everything block by block; the closure borrows each block.
  public func forEachBlock(
    of size: Int = 1 << 20, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ByteSourceError) {
    var block = [UInt8](repeating: 0, count: size)
    while true {
      let count = try read(into: &block, at: 0, count: size)
      if count == 0 { return }
      block.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }
  }

  private func readPacked(into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, ByteSourceError> {
    guard !ahead.isEmpty else { return readOrigin(into: buffer) }
    let count = min(ahead.count, buffer.count)
    buffer.copyBytes(from: ahead[..<count])
    ahead.removeFirst(count)
    return .success(count)
  }

  private func readOrigin(into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, ByteSourceError> {
    switch origin {
    case .memory(let bytes, let at):
      let count = min(bytes.count - at, buffer.count)
      buffer.copyBytes(from: bytes[at..<(at + count)])
      origin = .memory(bytes, at: at + count)
      return .success(count)
    case .descriptor(let descriptor, _):
      while true {
        #if canImport(Darwin)
          let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
        if count >= 0 { return .success(count) }
        if errno != EINTR { return .failure(ByteSourceError(errno: errno, name: name)) }
      }
    }
  }
}

/// Why bytes cannot be read.
public struct ByteSourceError: Error, Hashable, Sendable {
  /// The kinds of trouble.
  public enum Reason: Hashable, Sendable {
    case notFound
    case notPermitted
    case isDirectory
    case system(errno: Int32, text: String)
    case tooLarge(limit: Int)
    case changed
    case notOrdinary
    case gzip(GzipError)
  }

  /// What is wrong.
  public let reason: Reason
  /// The path, or "standard input".
  public let name: String

  init(reason: Reason, name: String) {
    self.reason = reason
    self.name = name
  }

  init(errno code: Int32, name: String) {
    self.name = name
    switch code {
    case ENOENT, ENOTDIR: reason = .notFound
    case EACCES, EPERM: reason = .notPermitted
    case EISDIR: reason = .isDirectory
    default: reason = .system(errno: code, text: String(cString: strerror(code)))
    }
  }

  /// The stable code.
  public var code: String {
    switch reason {
    case .notFound: "file-not-found"
    case .notPermitted: "file-not-permitted"
    case .isDirectory: "file-is-directory"
    case .system: "file-not-readable"
    case .tooLarge: "file-too-large"
    case .changed: "file-changed"
    case .notOrdinary: "file-not-ordinary"
    case .gzip(let error): error.code
    }
  }

  /// Says where, what, and how to mend it.
  public var sentence: String {
    switch reason {
    case .notFound: "\(name): there is no such file; check the path."
    case .notPermitted: "\(name): you may not read this file; check its permissions."
    case .isDirectory: "\(name): this is a folder; name the files in it."
    case .system(_, let text): "\(name): cannot be read: \(text)."
    case .tooLarge(let limit): "\(name): larger than \(limit) bytes; split it."
    case .changed: "\(name): it changed while it was read; try again when nobody writes to it."
    case .notOrdinary: "\(name): this is no ordinary file; copy what it holds to a file first."
    case .gzip(let error): "\(name): \(error.sentence)"
    }
  }
}
