import AuditLog
import SQLite
import Values

/// Attachments at rest: append-only, the file's bytes apart from what is listed, each with its hash.
public enum EvidenceStore {
  /// The step that makes the tables of attachments.
  static let migration = Migration(
    room: "review", number: 2, name: "attachments of cases",
    statements: [
      """
      CREATE TABLE review_evidence (
        number INTEGER PRIMARY KEY,
        case_kind TEXT NOT NULL,
        case_number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        address TEXT,
        date INTEGER,
        note TEXT,
        file TEXT,
        size INTEGER,
        digest BLOB CHECK (length(digest) = 32),
        sequence INTEGER NOT NULL REFERENCES write (sequence)
      ) STRICT
      """,
      "CREATE INDEX review_evidence_of_case ON review_evidence (case_kind, case_number)",
      """
      CREATE TABLE review_evidence_file (
        evidence INTEGER PRIMARY KEY REFERENCES review_evidence (number),
        content BLOB NOT NULL
      ) STRICT
      """,
    ])

  /// Stores an attachment; the caller enters it in the audit log.
  ///
  /// - Throws: `.known` where the case has the same file, or the same address without a file; `.tooMany`.
  static func add(
    _ checked: CheckedEvidence, to caseID: CaseID, sequence: Int, in transaction: WriteTransaction
  ) throws(EvidenceError) -> EvidenceID {
    let id = try EvidenceError.wrapping { () throws(SQLiteError) -> Result<EvidenceID, EvidenceError> in
      let count =
        try transaction.integer(
          "SELECT count(*) FROM review_evidence WHERE case_kind = ? AND case_number = ?", caseID.kind.letter,
          caseID.number) ?? 0
      guard count < Evidence.countLimit else { return .failure(.tooMany(limit: Evidence.countLimit)) }
      let known = try transaction.integer(
        """
        SELECT number FROM review_evidence
        WHERE case_kind = ? AND case_number = ? AND digest IS ? AND address IS ? AND note IS ?
        """, caseID.kind.letter, caseID.number, checked.file?.digest.bytes, checked.address, checked.note)
      if let known { return .failure(.known(EvidenceID(known))) }
      try transaction.run(
        """
        INSERT INTO review_evidence
          (case_kind, case_number, kind, address, date, note, file, size, digest, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, caseID.kind.letter, caseID.number, checked.kind, checked.address, checked.date?.dayNumber,
        checked.note, checked.file?.name, checked.file?.size, checked.file?.digest.bytes, sequence)
      let number = transaction.lastRowID
      if checked.file != nil {
        try transaction.run(
          "INSERT INTO review_evidence_file (evidence, content) VALUES (?, ?)", number, checked.content)
      }
      return .success(EvidenceID(number))
    }
    return try id.get()
  }

  /// The attachments of a case, the oldest first.
  public static func attachments(of caseID: CaseID, in reader: Reader) throws(SQLiteError) -> [Evidence] {
    try reader.all(
      selection + " WHERE e.case_kind = ? AND e.case_number = ? ORDER BY e.number", caseID.kind.letter,
      caseID.number
    ) { row throws(SQLiteError) in try evidence(row) }
  }

  /// One attachment; nil where there is none of this number.
  public static func attachment(_ id: EvidenceID, in reader: Reader) throws(SQLiteError) -> Evidence? {
    try reader.first(selection + " WHERE e.number = ?", id.number) { row throws(SQLiteError) in
      try evidence(row)
    }
  }

  /// The bytes of an attachment's file, checked against the hash that was taken when it was attached.
  ///
  /// - Throws: `.unknown`, `.noFile`, `.damaged`.
  public static func content(of id: EvidenceID, in reader: Reader) throws(EvidenceError) -> [UInt8] {
    let (evidence, content) = try EvidenceError.wrapping { () throws(SQLiteError) in
      (
        try attachment(id, in: reader),
        try reader.first("SELECT content FROM review_evidence_file WHERE evidence = ?", id.number) {
          row throws(SQLiteError) in try row.blob(0)
        }
      )
    }
    guard let evidence else { throw .unknown(id) }
    guard let file = evidence.file else { throw .noFile(id) }
    guard let content, content.count == file.size, SHA256.hash(content) == file.digest else {
      throw .damaged(id)
    }
    return content
  }

  private static let selection = """
    SELECT e.number, e.case_kind, e.case_number, e.kind, e.address, e.date, e.note, e.file, e.size, e.digest,
      w.actor, w.at, e.sequence
    FROM review_evidence AS e JOIN write AS w ON w.sequence = e.sequence
    """

  private static func evidence(_ row: Row) throws(SQLiteError) -> Evidence {
    guard let kind = CaseKind(letter: try row.text(1)) else {
      throw row.failure(.corrupt, "an attachment of no kind of case")
    }
    var file: Evidence.File?
    if let name = try row.optionalText(7), let size = try row.optionalInteger(8) {
      guard let digest = try row.withBlob(9, { Digest(memory: $0) }) else {
        throw row.failure(.corrupt, "a digest must have 32 bytes")
      }
      file = Evidence.File(name: name, size: size, digest: digest)
    }
    return Evidence(
      id: EvidenceID(try row.integer(0)), caseID: CaseID(kind, try row.integer(2)), kind: try row.text(3),
      address: try row.optionalText(4), date: try row.optionalInteger(5).map(CivilDate.init(dayNumber:)),
      note: try row.optionalText(6), file: file, actor: try row.text(10),
      at: Instant(microseconds: try row.integer(11)), sequence: try row.integer(12))
  }
}

extension AuditedTable {
  /// Attachments with the bytes of their files.
  static let evidence = AuditedTable(
    "review_evidence",
    layouts: [
      [
        Part(
          "review_evidence", key: "number",
          columns: [
            "number", "case_kind", "case_number", "kind", "address", "date", "note", "file", "size", "digest",
            "sequence",
          ]),
        Part("review_evidence_file", key: "evidence", columns: ["content"], sequence: nil),
      ]
    ])
}
