import Glibc

/// Where a file is, whatever it is called: the same for every path, link and spelling of one file.
struct FilePlace: Hashable {
  private let device: UInt
  private let number: UInt
  /// The name in its folder, for a file that is not there yet.
  private let name: String

  init(_ path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      name = ""
    } else {
      let parts = path.split(separator: "/")
      name = parts.last.map(String.init) ?? ""
      let folder = parts.dropLast().joined(separator: "/")
      _ = stat(path.hasPrefix("/") ? "/" + folder : folder.isEmpty ? "." : folder, &status)
    }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }

  /// The places of a database and of what SQLite keeps beside it, a link to it followed.
  static func ofDatabase(_ path: String) -> Set<FilePlace> {
    var paths: Set<String> = [path]
    if let real = realpath(path, nil) {
      paths.insert(String(cString: real))
      free(real)
    }
    return Set(
      paths.flatMap { path in ["", "-wal", "-shm", "-journal", "-turn"].map { FilePlace(path + $0) } })
  }
}
