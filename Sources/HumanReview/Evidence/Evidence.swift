import Values

/// The number of an attachment, written `E-3`.
public struct EvidenceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, counted from 1 over all cases.
  public let number: Int

  /// The id with this number.
  public init(_ number: Int) { self.number = number }

  /// The id as people write it: `E-3`, `e-3` or `3`.
  public init?(_ text: some StringProtocol) {
    let digits = text.hasPrefix("E-") || text.hasPrefix("e-") ? text.dropFirst(2) : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      number > 0
    else { return nil }
    self.number = number
  }

  /// `E-3`.
  public var description: String { "E-\(number)" }

  /// Orders attachments by when they were made.
  public static func < (left: EvidenceID, right: EvidenceID) -> Bool { left.number < right.number }
}

/// Something from outside the facts that a reviewer attached to a case: a ruling, a page on the web, a document.
public struct Evidence: Hashable, Sendable {
  /// Its number.
  public let id: EvidenceID
  /// The case.
  public let caseID: CaseID
  /// The word for its kind, as `evidence.json` has it.
  public let kind: String
  /// Where it is found; nil where it is only a file or a note.
  public let address: String?
  /// The day that it carries, or on which it was seen.
  public let date: CivilDate?
  /// What it shows, in the reviewer's words.
  public let note: String?
  /// The file; nil where there is none.
  public let file: File?
  /// Who attached it.
  public let actor: String
  /// When.
  public let at: Instant
  /// The number of the write that stored it.
  public let sequence: Int

  /// The copy of a file that lies in the database.
  public struct File: Hashable, Sendable {
    /// Its name, without folders.
    public let name: String
    /// Its size in bytes.
    public let size: Int
    /// SHA-256 of its bytes.
    public let digest: Digest
  }

  /// The most bytes of one file: a scanned ruling of some hundred pages.
  public static let fileLimit = 10 << 20
  /// The most characters of a note.
  public static let noteLimit = 4_000
  /// The most attachments of a case.
  public static let countLimit = 50
}
