import Decisioning
import FactStore
import Glibc
import SQLite
import Values

/// The files of a rule set as a command names them: a folder, or a version that the database keeps.
struct RulesSource {
  let files: RuleSetFiles
  /// What was meant, for people: `the folder 'rules'`, `version 0123456789ab`.
  let origin: String

  private init(files: RuleSetFiles, origin: String) {
    self.files = files
    self.origin = origin
  }

  /// A folder of this name, else the kept version whose hash begins so.
  init(named name: String, _ arguments: Arguments, _ edge: Edge) throws(Failure) {
    if Self.isFolder(name) {
      files = try failing { try RuleSetFiles(folder: name) }
      origin = "the folder \(visible(name))"
      return
    }
    // A word that is no hash can only have been meant as a folder.
    guard name.count <= 64, name.allSatisfy(\.isHexDigit) else { throw Failure(RuleSetError.noFolder(name)) }
    let store = try arguments.store(edge)
    let files = try failing {
      try store.read { reader throws(ActivationError) in
        let version = try RuleSetStore.version(beginning: name, in: reader.sql)
        do throws(DecisionStoreError) {
          return try RuleSetStore.files(version, in: reader.sql)
        } catch {
          throw .store(error)
        }
      }
    }
    self.files = files
    origin = "version \(files.version.short)"
  }

  /// What decides today: the version in force, else the rules folder.
  init(decidingToday arguments: Arguments, _ edge: Edge) throws(Failure) {
    if Self.isFile(arguments.database(edge)) {
      let store = try arguments.store(edge)
      let today = arguments.today(edge)
      let stored = try failing {
        try store.read { reader throws(ActivationError) in
          try ActivationStore.files(on: today, in: reader.sql)
        }
      }
      if let stored {
        self = RulesSource(files: stored, origin: "in force on \(today)")
        return
      }
    }
    try self.init(named: arguments.rules(edge), arguments, edge)
  }

  private static func isFolder(_ path: String) -> Bool { mode(path) == S_IFDIR }
  private static func isFile(_ path: String) -> Bool { mode(path) == S_IFREG }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Writes every file into a new folder, byte for byte, so that the folder is this version again.
  func write(to folder: String, sparing database: String) throws(Failure) {
    guard mkdir(folder, 0o777) == 0 else {
      let reason =
        errno == EEXIST
        ? "it is there already, and what lies in it would become part of the version; name a new folder"
        : String(cString: strerror(errno)).lowercased()
      throw Failure("cannot-write", "Cannot make the folder \(visible(folder)): \(reason).")
    }
    for path in files.paths {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
        throw Failure("cannot-write", "The file \(visible(path)) does not lie in the rules folder.")
      }
      for depth in parts.indices.dropLast() {
        _ = mkdir(folder + "/" + parts[...depth].joined(separator: "/"), 0o777)
      }
      let file = try OutputFile(folder + "/" + path, sparing: database)
      try file.write(files[path] ?? [])
      try file.finish()
    }
  }
}
