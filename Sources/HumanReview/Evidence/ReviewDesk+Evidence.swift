import Access
import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// What came of attaching.
  public struct Attached: Sendable {
    /// The attachment.
    public let evidence: Evidence
    /// What calls for care in the note.
    public let warnings: [TextWarning]
  }

  /// Attaches evidence to an open case; whoever receives contests may do so too, with or without a claim.
  ///
  /// The file is read and hashed before the write, and copied into the database with it.
  public func attach(
    _ id: CaseID, _ draft: EvidenceDraft, by actor: Actor, on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> Attached {
    try Self.require(.contest, actor)
    try store.read { reader throws(ReviewError) in try requireOpen(try stored(id, in: reader)) }
    let checked: CheckedEvidence
    do throws(EvidenceError) { checked = try EvidenceRules(rules).check(draft, on: day) } catch {
      throw .evidence(error)
    }
    let evidence = try write(actor: actor.name, at: instant, purpose: "review attach") {
      write throws(ReviewError) -> Evidence? in
      try requireOpen(try stored(id, in: write.transaction.reader))
      let number: EvidenceID
      do throws(EvidenceError) {
        number = try EvidenceStore.add(
          checked, to: id, sequence: write.transaction.sequence, in: write.sql)
      } catch {
        throw .evidence(error)
      }
      try write.record(
        .attached, of: id,
        [
          ReviewEvent.Key.what: .string(number.description), "kind": .string(checked.kind),
          "sha256": checked.file.map { .string($0.digest.hexadecimal) },
        ])
      write.vouch(for: AuditedRow(.evidence, number.number))
      return try ReviewError.wrapping { () throws(SQLiteError) in
        try EvidenceStore.attachment(number, in: write.sql)
      }
    }
    guard let evidence else { throw .damaged(id) }
    return Attached(evidence: evidence, warnings: checked.warnings)
  }

  /// An attachment of a case with the bytes of its file, checked against their hash; that it was opened is recorded.
  public func attachment(
    _ number: EvidenceID, of id: CaseID, by actor: Actor, at instant: Instant
  ) throws(ReviewError) -> (evidence: Evidence, content: [UInt8]?) {
    let (evidence, content) = try store.read { reader throws(ReviewError) -> (Evidence, [UInt8]?) in
      _ = try stored(id, in: reader)
      let found = try ReviewError.wrapping { () throws(SQLiteError) in
        try EvidenceStore.attachment(number, in: reader.sql)
      }
      guard let found, found.caseID == id else { throw .evidence(.unknown(number)) }
      guard found.file != nil else { return (found, nil) }
      do throws(EvidenceError) {
        return (found, try EvidenceStore.content(of: number, in: reader.sql))
      } catch {
        throw .evidence(error)
      }
    }
    try opened(id, [number.description], by: actor, at: instant)
    return (evidence, content)
  }

  /// Records that a person opened parts of a case, in one write that the audit log counts among the reads.
  ///
  /// - Parameter parts: sections by their words, raw records and attachments by their names.
  public func opened(
    _ id: CaseID, _ parts: [String], by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try write(actor: actor.name, at: instant, purpose: "review show", .read) { write throws(ReviewError) in
      _ = try stored(id, in: write.transaction.reader)
      for part in parts { try write.record(.viewed, of: id, [ReviewEvent.Key.what: .string(part)]) }
    }
  }

  /// Records that a reviewer who holds the case had inputs corrected.
  ///
  /// - Parameter files: the files that were read, with what became of their rows.
  public func corrected(
    _ id: CaseID, _ files: [JSONValue], by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try Self.require(.review, actor)
    try write(actor: actor.name, at: instant, purpose: "review correct") { write throws(ReviewError) in
      try requireClaim(try stored(id, in: write.transaction.reader), by: actor, at: instant)
      try write.record(.corrected, of: id, [ReviewEvent.Key.files: .array(files)])
    }
  }

  private func requireOpen(_ found: ReviewCase) throws(ReviewError) {
    if let closing = found.closing { throw .closed(found.id, closing) }
  }
}
