import Foundation

/// Model files on disk: a main model and the `.dmn` files beside it.
public enum ModelFolder {
  /// The largest model file that is read; real models are below a few megabytes.
  static let maximumSize = 64 << 20

  /// Reads the main model and the `.dmn` files of its folder, among which imports are looked for.
  ///
  /// - Parameter path: the path of the main model.
  public static func files(of path: String) throws(ModelError) -> (main: ModelFile, others: [ModelFile]) {
    let url = URL(fileURLWithPath: path)
    let main = try file(at: url)
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var others: [ModelFile] = []
    for name in names.sorted() where name.hasSuffix(".dmn") && name != main.name {
      // A neighbour that cannot be read matters only to an import, which then is told to be missing.
      if let other = try? file(at: folder.appendingPathComponent(name)) { others.append(other) }
    }
    return (main, others)
  }

  private static func file(at url: URL) throws(ModelError) -> ModelFile {
    let name = url.lastPathComponent
    do {
      let values = try url.resourceValues(forKeys: [.fileSizeKey, .isDirectoryKey])
      if values.isDirectory == true {
        throw ModelError.unreadable(source: url.path, reason: "it is a folder")
      }
      if let size = values.fileSize, size > maximumSize {
        throw ModelError.unreadable(source: name, reason: "it is larger than \(maximumSize) bytes")
      }
      return ModelFile(name: name, bytes: [UInt8](try Data(contentsOf: url)))
    } catch let error as ModelError {
      throw error
    } catch CocoaError.fileReadNoSuchFile {
      throw .unreadable(source: url.path, reason: "there is no such file")
    } catch {
      throw .unreadable(source: url.path, reason: "\(error.localizedDescription)")
    }
  }
}
