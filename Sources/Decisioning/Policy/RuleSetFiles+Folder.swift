import Foundation

extension RuleSetFiles {
  /// The rule set in a folder: every `.dmn` and `.json` file at any depth; hidden files and other kinds are left out.
  ///
  /// - Throws: `RuleSetError.noFolder`, `.unreadable`.
  public init(folder: String) throws(RuleSetError) {
    let root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder), isFolder.boolValue,
      let walk = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    else { throw .noFolder(folder) }
    var contents: [String: [UInt8]] = [:]
    let depth = root.pathComponents.count
    for case let file as URL in walk where ["dmn", "json"].contains(file.pathExtension) {
      let path = file.standardizedFileURL.pathComponents.dropFirst(depth).joined(separator: "/")
      do {
        contents[path] = [UInt8](try Data(contentsOf: file))
      } catch {
        throw .unreadable(path: path)
      }
    }
    self.init(contents)
  }
}
