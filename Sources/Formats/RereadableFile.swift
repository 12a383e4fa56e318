#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that can be read several times, though it may be standard input or a pipe, and may be replaced meanwhile.
///
/// The file is opened once; what cannot be rewound is first copied to a temporary file without a name, which the
/// system takes away even after a crash.
public final class RereadableFile {
  /// The path, or "standard input".
  public let name: String
  private let descriptor: Int32

  /// Opens a file, or standard input for "-".
  public init(path: String) throws(ByteSourceError) {
    name = path == "-" ? "standard input" : path
    let opened = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw ByteSourceError(errno: errno, name: name) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let error = ByteSourceError(errno: errno, name: name)
      close(opened)
      throw error
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: descriptor = opened
    case S_IFDIR:
      close(opened)
      throw ByteSourceError(reason: .isDirectory, name: name)
    default:
      defer { close(opened) }
      descriptor = try Self.copy(of: opened, name: name)
    }
  }

  deinit { close(descriptor) }

  /// Begins to read from the start; the reading before must have ended.
  public func source() throws(ByteSourceError) -> ByteSource {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw ByteSourceError(errno: errno, name: name) }
    return try ByteSource(lending: descriptor, owner: self, name: name)
  }

  private static func copy(of source: Int32, name: String) throws(ByteSourceError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/bonitas-XXXXXX".utf8CString)
    let target = mkstemp(&template)
    guard target >= 0 else { throw ByteSourceError(errno: errno, name: name) }
    unlink(template)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = read(source, block.baseAddress, block.count)
      if count == 0 { return target }
      if count < 0, errno == EINTR { continue }
      var written = 0
      while count > 0, written < count {
        let step = write(target, block.baseAddress.map { $0 + written }, count - written)
        if step < 0, errno == EINTR { continue }
        if step < 0 { break }
        written += step
      }
      if count < 0 || written < count {
        let error = ByteSourceError(errno: errno, name: name)
        close(target)
        throw error
      }
    }
  }
}
