import Access
import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import HumanReview
import SQLite
import Safeguards
import Values

/// The demo's debt: from the letters that the sample data tell of to a restriction that a person approves, and back by
/// payment.
struct DemoDebt {
  /// Whose debt it is: a household that was reminded, warned and offered a plan.
  static let debtor = "DEBT-01"
  /// What the payment that ends it is called.
  private static let payment = "PAY-D1-DEMO"

  let desk: DebtDesk
  let source: String
  let date: CivilDate

  /// What came of it.
  struct Story {
    var request: StoredEffect?
    var relief: StoredEffect?
    var certificate: Certificate?
    var until: CivilDate
    var timeline: DebtTimeline
  }

  /// Lives through it once; a database in which that was done before tells the same again.
  func perform() throws(Failure) -> Story? {
    guard let key = try key() else { return nil }
    let (cut, paid) = (date.adding(days: 2) ?? date, date.adding(days: 5) ?? date)
    let restored = paid.adding(days: 1) ?? paid
    if try effects(of: key).isEmpty {
      guard let proposal = try apply().proposals.first?.value else { return nil }
      try approve(proposal)
      guard let request = try apply().effects.first?.value else { return nil }
      try send(on: date)
      try store([confirmation(.disconnected, of: request, on: cut)])
      try store([try payment(key, on: paid)])
      try send(on: paid)
      guard let relief = try effects(of: key).last?.effect.id else { return nil }
      try store([confirmation(.restored, of: relief, on: restored)])
    }
    return try tell(key, until: restored)
  }

  private func key() throws(Failure) -> Int? {
    try failing {
      try desk.store.read { reader throws(SQLiteError) in try reader.key(of: .number(Self.debtor)) }
    }
  }

  private func effects(of key: Int) throws(Failure) -> [StoredEffect] {
    try failing { try desk.store.read { reader throws(DebtError) in try desk.effects(of: key, reader) } }
  }

  private func apply() throws(Failure) -> DebtApplication.Report {
    try failing {
      let plan = try DebtPlanner(desk).plan(on: date, knownAt: Edge.currentInstant(), only: [Self.debtor])
      return try DebtApplication(desk, actor: UserName.system)
        .apply(plan, on: date, clock: Edge.currentInstant)
    }
  }

  /// As people of the supplier would: one looks at the case and decides, another approves.
  private func approve(_ proposal: DecisionID) throws(Failure) {
    try failing {
      let files = desk.ruleSet.files
      let policy = try ReviewPolicy(files)
      let review = ReviewDesk(
        store: desk.store, audit: desk.audit, rules: files, policy: policy, compiled: desk.ruleSet)
      let reviewer = Actor(name: "demo-reviewer", roles: [.reviewer])
      let today = RigaTime.date(at: Edge.currentInstant())
      _ = try review.follow(on: today, at: Edge.currentInstant())
      let claimed = try review.claim(
        CaseID(.approval, proposal.number), by: reviewer, at: Edge.currentInstant())
      _ = try review.decide(
        claimed.id,
        JudgementDraft(
          .confirmed, scope: .customer, restriction: .approved, reasons: ["J-FACTS"],
          text: "The letters came, nobody answered, nothing stands against it."),
        expecting: claimed.version, by: reviewer, on: today, at: Edge.currentInstant())
      // The policy wants two people before a household is disconnected.
      let waiting = try desk.store.read { reader throws(ReviewError) in
        try ReviewStore.read(claimed.id, at: Edge.currentInstant(), in: reader)
      }
      guard waiting.proposal != nil else { return }
      let senior = Actor(name: "demo-senior", roles: [.senior])
      // Whoever approves has looked at the case.
      try review.viewed(claimed.id, "decision", by: senior, at: Edge.currentInstant())
      _ = try review.approve(
        claimed.id, expecting: waiting.version, by: senior, on: today, at: Edge.currentInstant())
    }
  }

  /// To a network operator who takes everything.
  private func send(on day: CivilDate) throws(Failure) {
    let everything = OutboxDestination(timeoutMilliseconds: 1000) { _, _ in .delivered }
    _ = try failing {
      // Nothing restricts anybody as long as a change of theirs is unseen.
      _ = try ReleaseFollower(desk, actor: UserName.system).run(on: day, clock: Edge.currentInstant)
      return try OutboxSender(
        store: desk.store, audit: desk.audit, destination: everything, guards: desk.guards(on: day),
        settings: OutboxSender.Settings(actor: UserName.system, day: day), clock: Edge.currentInstant
      ).run()
    }
  }

  private func confirmation(
    _ event: OperatorConfirmation.Event, of request: String, on day: CivilDate
  ) -> Fact {
    .operatorConfirmation(
      OperatorConfirmation(
        id: "CNF-\(event.rawValue)-DEMO", customer: .number(Self.debtor), contract: "CON-D1",
        request: request,
        event: event, date: day))
  }

  /// All that is open by then.
  private func payment(_ key: Int, on day: CivilDate) throws(Failure) -> Fact {
    let facts = try failing {
      try desk.store.read { reader throws(DebtError) in
        try desk.facts(of: key, on: day, knownAt: Edge.currentInstant(), reader)
      }
    }
    let currency = facts.principalCurrency(on: day) ?? Currency.eur
    let open = Ledger(facts, businessDate: day, currency: currency).outstanding
    return .payment(
      Payment(id: Self.payment, customer: .number(Self.debtor), date: day, amount: Money(open, currency)))
  }

  private func store(_ facts: [Fact]) throws(Failure) {
    try failing {
      try desk.store.write(actor: UserName.system, at: Edge.currentInstant(), purpose: "demo") {
        write throws(StoreError) in
        let batch = try write.openBatch(
          BatchDescription(source: source, file: nil, digest: nil, layout: "demo", knownFrom: write.at))
        for fact in facts { _ = try write.store(fact, in: batch, line: nil) }
        try write.complete(batch, rows: facts.count)
        try StoreError.wrapping { () throws(SQLiteError) in
          _ = try desk.audit.append(
            AuditNote(.ingestion, rows: [AuditedRow(.batch, batch.key)], about: JSONObject()), in: write.sql)
        }
      }
    }
  }

  private func tell(_ key: Int, until day: CivilDate) throws(Failure) -> Story {
    try failing {
      try desk.store.read { reader throws(DebtError) in
        let facts = try desk.facts(of: key, on: day, knownAt: Edge.currentInstant(), reader)
        let effects = try desk.effects(of: key, reader)
        let request = effects.first { $0.effect.step.isRestriction }
        var certificate: Certificate?
        if case .operatorRequest(let asked)? = request?.effect.kind, let bytes = asked.certificate {
          certificate = try? CertificateChecker.verify(
            bytes, law: desk.safeguards.law, calendars: desk.safeguards.calendars)
        }
        return Story(
          request: request, relief: effects.last { $0.effect.isRelief }, certificate: certificate, until: day,
          timeline: DebtTimeline(
            facts, effects, wrongful: try desk.wrongful(of: key, reader), contract: "CON-D1", until: day))
      }
    }
  }
}

extension DemoDebt.Story {
  /// The story for people: what happened, and what proves that it was lawful.
  func write(to output: TextStream) {
    output.line("\(DemoDebt.debtor), as of \(until)")
    timeline.write(to: output)
    output.line()
    if let certificate {
      output.line(
        "The request was approved by two people and carries a certificate: the law's times had run on "
          + "\(certificate.report.earliest?.description ?? "-"), \(certificate.report.bars.count) bars were looked at, "
          + "none stands.")
    }
    if relief != nil { output.line("The payment gave it back by itself.") }
  }

  var json: JSONValue {
    [
      "customer": .string(DemoDebt.debtor), "request": request.map { .string($0.effect.id) } ?? .null,
      "certificate": certificate.map { .string($0.digest.hexadecimal) } ?? .null,
      "relief": relief.map { .string($0.effect.id) } ?? .null,
      "timeline": .array(timeline.entries.map(\.json)),
    ]
  }
}
