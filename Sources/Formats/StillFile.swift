#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An ordinary file read whole, byte for byte, while nobody changed it.
///
/// What is hashed as evidence must be what lay there: the file is read twice from one descriptor and its state is
/// looked at before and after, since a writer may keep size and time. Nothing is unpacked. Pipes and devices are refused
/// without waiting for them.
public enum StillFile {
  /// The bytes of a file of at most `limit` bytes.
  ///
  /// - Throws: `.changed` where the file changed meanwhile, `.notOrdinary` for pipes and devices, `.tooLarge`.
  public static func read(_ path: String, limit: Int) throws(ByteSourceError) -> [UInt8] {
    try read(path, limit: limit) {}
  }

  static func read(_ path: String, limit: Int, between: () -> Void) throws(ByteSourceError) -> [UInt8] {
    // Without O_NONBLOCK a pipe that nobody writes to would be waited for here.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ByteSourceError(errno: errno, name: path) }
    defer { close(descriptor) }
    let before = try state(of: descriptor, path)
    switch before.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ByteSourceError(reason: .isDirectory, name: path)
    default: throw ByteSourceError(reason: .notOrdinary, name: path)
    }
    guard Int(before.st_size) <= limit else {
      throw ByteSourceError(reason: .tooLarge(limit: limit), name: path)
    }
    let bytes = try readAll(descriptor, path, limit: limit)
    between()
    let again = try readAll(descriptor, path, limit: limit)
    let after = try state(of: descriptor, path)
    guard bytes == again, bytes.count == Int(after.st_size), before.st_size == after.st_size,
      isSame(before.modified, after.modified)
    else {
      throw ByteSourceError(reason: .changed, name: path)
    }
    return bytes
  }

  private static func state(of descriptor: Int32, _ path: String) throws(ByteSourceError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ByteSourceError(errno: errno, name: path) }
    return status
  }

  private static func isSame(_ left: timespec, _ right: timespec) -> Bool {
    left.tv_sec == right.tv_sec && left.tv_nsec == right.tv_nsec
  }

  private static func readAll(
    _ descriptor: Int32, _ path: String, limit: Int
  ) throws(ByteSourceError) -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw ByteSourceError(errno: errno, name: path) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ByteSourceError(errno: errno, name: path) }
      if count == 0 { return bytes }
      // A file that grows while it is read ends here too.
      guard bytes.count + count <= limit else {
        throw ByteSourceError(reason: .tooLarge(limit: limit), name: path)
      }
      bytes.append(contentsOf: block[..<count])
    }
  }
}

extension stat {
  /// When the content was last changed.
  fileprivate var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
