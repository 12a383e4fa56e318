import Glibc
import Values

extension OutboxDestination {
  /// A folder that somebody else empties: each event becomes the file `ID.json`, whole or not at all.
  ///
  /// The same effect is the same file with the same bytes, however often it is sent. It is written under a hidden name,
  /// synchronised, renamed, and the folder synchronised, so that what is noted as sent is there after a loss of power.
  public static func folder(_ path: String) -> OutboxDestination {
    OutboxDestination(timeoutMilliseconds: 10_000) { event, _ in
      guard let code = write(event, to: path) else { return .delivered }
      return .unreachable(code: code)
    }
  }

  /// Writes the file of an event; gives what failed.
  private static func write(_ event: CloudEvent, to folder: String) -> String? {
    let temporary = "\(folder)/.\(event.id).json.part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno == ENOENT ? "folder-missing" : "folder-not-writable" }
    let isWritten = event.body.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(file, rest.baseAddress, rest.count)
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return fsync(file) == 0
    }
    guard close(file) == 0, isWritten else {
      unlink(temporary)
      return "file-not-written"
    }
    guard rename(temporary, "\(folder)/\(event.id).json") == 0 else {
      unlink(temporary)
      return "file-not-renamed"
    }
    let entry = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard entry >= 0 else { return "folder-not-synchronised" }
    defer { close(entry) }
    return fsync(entry) == 0 ? nil : "folder-not-synchronised"
  }
}
