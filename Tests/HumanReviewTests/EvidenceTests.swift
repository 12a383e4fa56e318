import Access
import AuditLog
import Decisioning
import FactStore
import Formats
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import HumanReview

/// Attaching to a case and reading back.
@Suite struct EvidenceTests {
  private let office: Office
  private let id: CaseID
  private let folder: TemporaryFolder

  init() throws {
    office = try Office(customers: 1)
    id = try office.contest(try office.rate().id).reviewCase.id
    folder = try TemporaryFolder()
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  @discardableResult
  private func attach(_ draft: EvidenceDraft, by actor: Actor = Office.janis) throws -> ReviewDesk.Attached {
    try office.desk.attach(id, draft, by: actor, on: office.day, at: office.tick())
  }

  private func refused(_ draft: EvidenceDraft, by actor: Actor = Office.janis) -> EvidenceError? {
    guard case .evidence(let error)? = office.refusal({ try attach(draft, by: actor) }) else { return nil }
    return error
  }

  private func execute(_ statement: String) throws {
    try office.store.database.write { transaction throws(SQLiteError) in try transaction.execute(statement) }
  }

  @Test func keepsAFileWithItsHashAndGivesItBack() throws {
    // Not unpacked, though it looks like gzip.
    let bytes: [UInt8] = [0x1F, 0x8B] + (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let attached = try attach(
      EvidenceDraft(kind: "payment-proof", path: try write("receipt.pdf", bytes), note: "Paid in June"))
    #expect(attached.evidence.id == EvidenceID(1))
    #expect(attached.evidence.file?.name == "receipt.pdf")
    #expect(attached.evidence.file?.digest == SHA256.hash(bytes))
    #expect(attached.evidence.actor == "janis")
    let (evidence, content) = try office.desk.attachment(
      EvidenceID(1), of: id, by: Office.liga, at: office.tick())
    #expect(evidence == attached.evidence)
    #expect(content == bytes)
    let events = try office.events(id)
    #expect(events.suffix(2).map(\.kind) == [.attached, .viewed])
    #expect(events.last?.actor == "liga")
    #expect(events.last?.about[ReviewEvent.Key.what] == "E-1")
    try office.expectSound()
  }

  @Test func aPageOnTheWebIsDatedToday() throws {
    let attached = try attach(
      EvidenceDraft(kind: "web-finding", address: "WWW.Lursoft.lv/x", note: "in liquidation"))
    #expect(attached.evidence.address == "https://www.lursoft.lv/x")
    #expect(attached.evidence.date == office.day)
    #expect(attached.evidence.file == nil)
    let error = office.refusal {
      _ = try office.desk.attachment(EvidenceID(9), of: id, by: Office.liga, at: office.tick())
    }
    #expect(error?.code == "evidence.unknown")
  }

  @Test func warnsOfWordsButTakesThem() throws {
    let attached = try attach(EvidenceDraft(kind: "own-record", note: "Klients bija slimnīcā."))
    #expect(attached.warnings.map(\.category) == ["health"])
  }

  @Test func refusesWhatCannotBeEvidence() throws {
    let file = try write("a.txt", [1])
    let tomorrow = try office.later(1)
    let cases: [(EvidenceDraft, EvidenceError)] = [
      (EvidenceDraft(kind: "document"), .nothing),
      (EvidenceDraft(kind: "document", note: "x"), .missing(.file, kind: "document")),
      (EvidenceDraft(kind: "web-finding", address: "lsm.lv"), .missing(.note, kind: "web-finding")),
      (
        EvidenceDraft(kind: "web-finding", address: "lsm.lv", note: " "), .missing(.note, kind: "web-finding")
      ),
      (
        EvidenceDraft(kind: "court-ruling", path: file, date: office.day),
        .missing(.address, kind: "court-ruling")
      ),
      (EvidenceDraft(kind: "letter", path: file), .missing(.date, kind: "letter")),
      (EvidenceDraft(kind: "letter", path: file, date: tomorrow), .dateAhead(tomorrow, today: office.day)),
      (
        EvidenceDraft(kind: "document", path: file, note: String(repeating: "ā", count: 4_001)),
        .noteTooLong(limit: 4_000)
      ),
      (
        EvidenceDraft(kind: "document", path: try write("empty.pdf", [])),
        .emptyFile(folder.file("empty.pdf"))
      ),
      (EvidenceDraft(kind: "document", path: file, address: "fb.com/x"), .blockedHost("fb.com")),
    ]
    for (draft, error) in cases { #expect(refused(draft) == error) }
    #expect(refused(EvidenceDraft(kind: "document", path: folder.file("none")))?.code == "file-not-found")
    #expect(refused(EvidenceDraft(kind: "document", path: folder.path))?.code == "file-is-directory")
    #expect(refused(EvidenceDraft(kind: "document", path: "/dev/zero"))?.code == "file-not-ordinary")
    let huge = folder.file("huge")
    #expect(FileManager.default.createFile(atPath: huge, contents: nil))
    try FileHandle(forWritingTo: URL(fileURLWithPath: huge)).truncate(
      atOffset: UInt64(Evidence.fileLimit) + 1)
    #expect(refused(EvidenceDraft(kind: "document", path: huge))?.code == "file-too-large")
    #expect(refused(EvidenceDraft(kind: "health-record", path: file))?.code == "evidence.forbidden-kind")
    #expect(try office.events(id).count == 1)
  }

  @Test func refusesWhoMayNotAndWhatIsClosed() throws {
    let draft = EvidenceDraft(kind: "own-record", note: "x y z")
    #expect(office.refusal { try attach(draft, by: Office.auris) }?.code == "review.not-allowed")
    try attach(draft, by: Office.dora)
    _ = try office.claim(id)
    try office.decide(id, Office.draft(.confirmed, scope: .customer))
    #expect(
      office.refusal { try attach(EvidenceDraft(kind: "own-record", note: "more")) }?.code == "review.closed")
  }

  @Test func takesNothingTwiceAndNotWithoutEnd() throws {
    let file = try write("a.txt", [1, 2, 3])
    try attach(EvidenceDraft(kind: "document", path: file))
    #expect(refused(EvidenceDraft(kind: "payment-proof", path: file)) == .known(EvidenceID(1)))
    for number in 2...Evidence.countLimit {
      try attach(EvidenceDraft(kind: "own-record", note: "note \(number)"))
    }
    #expect(
      refused(EvidenceDraft(kind: "own-record", note: "one more")) == .tooMany(limit: Evidence.countLimit))
  }

  @Test func readingBackFindsWhatWasChanged() throws {
    try attach(EvidenceDraft(kind: "document", path: try write("a.txt", [1, 2, 3])))
    try execute("UPDATE review_evidence_file SET content = x'010204'")
    let error = office.refusal {
      _ = try office.desk.attachment(EvidenceID(1), of: id, by: Office.janis, at: office.tick())
    }
    guard case .evidence(.damaged(EvidenceID(1)))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let finding = try office.store.read { reader throws(SQLiteError) in
      try AuditVerifier(ReviewStore.auditedTables + DecisionStore.auditedTables).verify(in: reader.sql)
        .finding
    }
    #expect(finding != nil)
  }

  /// A case shows its own attachments only.
  @Test func anAttachmentOfAnotherCaseIsUnknown() throws {
    try attach(EvidenceDraft(kind: "own-record", note: "about C1"))
    try office.refer()
    try office.follow()
    let other = try #require(try office.list(QueueFilter(kinds: [.referral])).first?.id)
    let error = office.refusal {
      _ = try office.desk.attachment(EvidenceID(1), of: other, by: Office.janis, at: office.tick())
    }
    #expect(error?.code == "evidence.unknown")
  }
}
