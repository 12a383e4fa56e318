import Foundation

extension RegisterScripts {
  /// More of a file is not read.
  private static let byteLimit = 4 << 20

  /// Reads a folder: each folder in it is a register, each `.json` file in that a subject.
  public init(folder: String) throws(RegisterScriptError) {
    var files: [String: [UInt8]] = [:]
    for register in try Self.names(in: folder) where !register.hasPrefix(".") {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(register)", isDirectory: &isFolder),
        isFolder.boolValue
      else { continue }
      for name in try Self.names(in: "\(folder)/\(register)") where name.hasSuffix(".json") {
        let path = "\(folder)/\(register)/\(name)"
        guard let handle = FileHandle(forReadingAtPath: path),
          let data = try? handle.read(upToCount: Self.byteLimit + 1)
        else { throw .unreadable(path: path) }
        guard data.count <= Self.byteLimit else { throw .tooLarge(path: path, limit: Self.byteLimit) }
        files["\(register)/\(name)"] = [UInt8](data)
      }
    }
    try self.init(files, folder: folder)
  }

  private static func names(in folder: String) throws(RegisterScriptError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(path: folder)
    }
  }
}
