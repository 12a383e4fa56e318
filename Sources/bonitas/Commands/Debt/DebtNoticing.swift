import Access
import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt notice`: the text of a letter, and what became of it.
  static let debtNotice = Command(
    "debt notice",
    summary: "Show the text of a letter of the outbox, or enter what became of it on its way.",
    discussion: """
      With --event it enters a proof: delivered, received, returned, failed, or sent with the carrier's reference. A \
      notice that nothing proves counts for nothing.
      """,
    positionals: [Noticing.effect], options: [Noticing.event, Noticing.date, Noticing.evidence],
    needs: .permission(.readPersonalData),
    examples: [
      Example(
        "bonitas debt notice $(bonitas outbox list --state pending --json | grep -o -m 1 'E-[0-9a-f]*')",
        "The text of the oldest letter of the outbox.")
    ], run: Noticing.run)
}

private enum Noticing {
  static let effect = Positional("EFFECT", .name("EFFECT"), "The id of the letter, as E-0123….")
  static let event = Option(
    "event", .choice(NoticeDelivery.Event.allCases.map(\.rawValue)), "What became of it.")
  static let date = Option("date", .date, "The day on which it happened (default today).")
  static let evidence = Option("evidence", .text("TEXT"), "The carrier's reference, or the like.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let id = try arguments.required(effect)
    let store = try arguments.store(edge)
    let stored = try failing {
      try store.read { reader throws(OutboxError) in try OutboxStore.effect(id, in: reader.sql) }
    }
    guard case .letter(let notice) = stored.effect.kind else {
      throw Failure("no-letter", "\(visible(id)) is no letter but a request: \(stored.effect.step.rawValue).")
    }
    try arguments.recordRead(
      by: "debt notice", of: [stored.effect.customerKey], about: ["effect": .string(id)], in: store, edge)
    if let event = arguments[event].flatMap(NoticeDelivery.Event.init(rawValue:)) {
      // Clocks of the law start from what is entered here: that takes more than reading.
      if let actor = arguments.signedIn, !actor.may(.manageDebt) {
        throw Failure(AccessError.notPermitted(.manageDebt, actor))
      }
      return try enter(event, stored, arguments, edge, store)
    }
    if arguments.wantsJSON {
      edge.output.json([
        "effect": .string(id), "state": .string(stored.state.rawValue),
        "subject": .string(notice.letter.subject),
        "text": .string(notice.letter.text), "template": .string(notice.letter.template),
        "contentHash": .string(notice.letter.contentHash.hexadecimal),
        "channel": .string(notice.channel.rawValue),
        "language": .string(notice.language.rawValue),
      ])
      return .done
    }
    for line in notice.letter.text.split(separator: "\n", omittingEmptySubsequences: false) {
      edge.output.line(visible(String(line)))
    }
    edge.errors.line(
      "\(stored.state.rawValue), by \(notice.channel.rawValue), SHA-256 \(notice.letter.contentHash.hexadecimal)"
    )
    return .done
  }

  private static func enter(
    _ event: NoticeDelivery.Event, _ stored: StoredEffect, _ arguments: Arguments, _ edge: Edge,
    _ store: FactStore
  ) throws(Failure) -> ExitStatus {
    guard stored.state == .sent || stored.state == .confirmed else {
      throw Failure("not-sent", "The letter has not left yet: 'bonitas outbox send' sends it.")
    }
    let day = arguments[date] ?? RigaTime.date(at: edge.now)
    let audit = try edge.auditLog()
    let outcome = try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "debt-management") {
        write throws(StoreError) in
        let customer = try write.reader.reference(of: stored.effect.customerKey) ?? .number("")
        try write.source(named: DebtFacts.source, purpose: DebtFacts.purpose)
        let batch = try write.openBatch(
          BatchDescription(
            source: DebtFacts.source, file: nil, digest: nil, layout: FactKind.noticeDelivery.layout,
            knownFrom: write.at))
        let delivery = NoticeDelivery(
          id: "\(stored.effect.id)-\(event.rawValue)-\(day)", customer: customer, notice: stored.effect.id,
          event: event, date: day, evidence: arguments[evidence])
        let stored = try write.store(.noticeDelivery(delivery), in: batch, line: nil)
        try write.complete(batch, rows: 1)
        try StoreError.wrapping { () throws(SQLiteError) in
          var about = JSONObject()
          about["act"] = "delivery entered"
          _ = try audit.append(
            AuditNote(.ingestion, rows: [AuditedRow(.batch, batch.key)], about: about), in: write.sql)
        }
        return stored
      }
    }
    if case .alreadyKnown = outcome {
      edge.output.line("That was known already.")
    } else {
      edge.output.line("Entered: \(event.rawValue) on \(day).")
    }
    return .done
  }
}
