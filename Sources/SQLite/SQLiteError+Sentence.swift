extension SQLiteError {
  /// What happened, where, and how to mend it, for people.
  public var sentence: String {
    switch kind {
    case .cannotOpen(let reason):
      return "cannot open database \(path): \(reason.clause)"
    case .foreign(let product):
      return "\(path) is not a \(product) database; nothing was changed in it (name another file)"
    case .newer(let product, let found, let known):
      return "\(path) was written by a newer \(product) (schema \(found); this one knows \(known)): "
        + "use the newer program"
    case .full:
      return "no room left on the disk of \(path): free some space and run again; what was committed is safe"
    case .locked:
      return "\(path) is in use by another process that did not finish in time: run again"
    case .corrupt:
      return "\(path) is damaged (\(detail)): restore a backup, or salvage it with `sqlite3 FILE .recover`"
    case .readOnly:
      return "\(path) may not be written: check the permissions of the file and of its folder"
    case .constraint:
      return "\(path): a constraint of the schema was violated (\(detail))"
    case .tooBig:
      return "\(path): a value is too large to be stored"
    case .inputOutput:
      return "\(path): the operating system reported an input or output error (\(detail))"
    case .unexpectedType(let column):
      return
        "\(path): column \(column) holds an unexpected type (\(detail)): the file was changed by other means"
    case .misuse:
      return "\(path): the database was used wrongly (\(detail)): please report this"
    case .other:
      return "\(path): \(detail)"
    }
  }

  private var detail: String {
    // One line, however the statement was laid out.
    let place =
      sql.map { " in: \($0.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(120))" } ?? ""
    return "\(message), code \(code)\(place)"
  }
}

extension SQLiteError.OpenFailure {
  fileprivate var clause: String {
    switch self {
    case .missingFolder: "its folder does not exist; create the folder first"
    case .missingFile: "there is no such file"
    case .notAFile: "it is not a file"
    case .denied: "permission denied"
    case .unusablePath: "that is not a usable file name"
    case .other: "the operating system refused"
    }
  }
}
