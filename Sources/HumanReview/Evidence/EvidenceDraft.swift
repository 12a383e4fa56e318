import Decisioning
import Formats
import Values

/// What a reviewer wants to attach, as given and not yet checked.
public struct EvidenceDraft: Hashable, Sendable {
  /// The word for its kind.
  public var kind: String
  /// The path of the file.
  public var path: String?
  /// Where it is found.
  public var address: String?
  /// The day that it carries, or on which it was seen.
  public var date: CivilDate?
  /// What it shows.
  public var note: String?

  /// Something to attach.
  public init(
    kind: String, path: String? = nil, address: String? = nil, date: CivilDate? = nil, note: String? = nil
  ) {
    self.kind = kind
    self.path = path
    self.address = address
    self.date = date
    self.note = note
  }
}

/// What was found fit to be attached: its kind allowed, its address read, its file read and hashed.
struct CheckedEvidence {
  let kind: String
  let address: String?
  let date: CivilDate?
  let note: String?
  let file: Evidence.File?
  let content: [UInt8]
  let warnings: [TextWarning]
}

extension EvidenceRules {
  /// Checks a draft and reads its file; what can be told without the file is told first.
  func check(_ draft: EvidenceDraft, on today: CivilDate) throws(EvidenceError) -> CheckedEvidence {
    let kind = try kind(draft.kind)
    let note = draft.note.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    if draft.path == nil, draft.address == nil, note == nil { throw .nothing }
    let address = try draft.address.map { typed throws(EvidenceError) in try self.address(typed).text }
    let date = draft.date ?? (kind.dateDefaultsToToday ? today : nil)
    for need in Kind.Need.allCases where kind.needs.contains(need) {
      let isGiven =
        switch need {
        case .file: draft.path != nil
        case .address: address != nil
        case .date: date != nil
        case .note: note != nil
        }
      if !isGiven { throw .missing(need, kind: kind.id) }
    }
    if let date, date > today { throw .dateAhead(date, today: today) }
    if let note, note.count > Evidence.noteLimit { throw .noteTooLong(limit: Evidence.noteLimit) }
    var content: [UInt8] = []
    if let path = draft.path {
      do throws(ByteSourceError) {
        content = try StillFile.read(path, limit: Evidence.fileLimit)
      } catch {
        throw .file(error)
      }
      if content.isEmpty { throw .emptyFile(path) }
    }
    let file = draft.path.map { path in
      Evidence.File(name: Self.fileName(path), size: content.count, digest: SHA256.hash(content))
    }
    return CheckedEvidence(
      kind: kind.id, address: address, date: date, note: note, file: file, content: content,
      warnings: note.map(warnings) ?? [])
  }

  /// The last part of a path, at most 200 characters of it, counted from its end where the kind of file stands.
  private static func fileName(_ path: String) -> String {
    String((path.split(separator: "/").last.map(String.init) ?? path).suffix(200))
  }
}
