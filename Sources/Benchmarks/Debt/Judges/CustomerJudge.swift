import DebtManagement
import FactStore
import Facts
import SQLite
import Safeguards
import Values

/// Judges what left about one customer.
struct CustomerJudge {
  let house: DebtHouse
  let reader: FactReader
  let key: Int
  let effects: [StoredEffect]
  private let isLawAlone: Bool
  private(set) var verdict = DebtVerdict()

  init(
    _ house: DebtHouse, _ reader: FactReader, _ key: Int, _ effects: [StoredEffect], isLawAlone: Bool
  ) {
    self.isLawAlone = isLawAlone
    self.house = house
    self.reader = reader
    self.key = key
    self.effects = effects
  }

  mutating func run() throws(DebtError) {
    for stored in effects where stored.mayHaveLeft && !stored.effect.isRelief {
      let left = stored.sentAt ?? stored.at
      let facts = try facts(at: left)
      let effect = stored.effect
      if facts.isPaid(effect.invoices, contract: effect.contract, isGas: false, on: RigaTime.date(at: left)) {
        verdict.fail(
          "sent although paid", "\(effect.step.rawValue) \(effect.id) on \(RigaTime.date(at: left))")
      }
      let then = try self.facts(at: stored.at)
      for gap in LadderJudge(then, effects, isLawAlone: isLawAlone).gaps(before: stored) {
        verdict.fail(
          "skipped steps", "\(effect.step.rawValue) \(effect.id) on \(RigaTime.date(at: stored.at)): \(gap)")
      }
      guard effect.step.isRestriction else { continue }
      verdict.count("restrictions that left")
      try judgeCertificate(stored)
      if then.contracts.first(where: { $0.fact.id == effect.contract })?.fact.customerType == .household {
        try judgeApproval(stored)
      }
      try judgeRelease(stored)
      try judgeWrongful(stored)
    }
    judgeReliefs()
  }

  /// What was known at an instant.
  private func facts(at instant: Instant) throws(DebtError) -> CustomerFacts {
    do throws(StoreError) {
      return try reader.facts(
        of: key, asOf: AsOf(businessDate: RigaTime.date(at: instant), knownAt: instant),
        kinds: FactKind.allCases)
    } catch {
      throw .facts(error)
    }
  }

  private mutating func judgeCertificate(_ stored: StoredEffect) throws(DebtError) {
    let (effect, judge) = (stored.effect, "restrictions without an accepted certificate")
    guard case .operatorRequest(let sent) = effect.kind, let bytes = sent.certificate else {
      return verdict.fail(judge, "\(effect.id) has none")
    }
    do throws(CertificateRejection) {
      let safeguards = house.desk.safeguards
      let request = try CertificateChecker.verify(bytes, law: safeguards.law, calendars: safeguards.calendars)
        .report.request
      let tools: [Tool: LadderStep] = [
        .disconnectionRequest: .disconnectionRequest, .powerLimit: .powerLimit,
        .contractTermination: .contractTermination,
      ]
      if request.id != effect.id || request.contract != effect.contract || tools[request.tool] != effect.step
        || Set(request.invoices) != Set(effect.invoices)
      {
        verdict.fail(judge, "\(effect.id) has that of another")
      }
    } catch {
      verdict.fail(judge, "\(effect.id): \(error.code) at \(error.place)")
    }
  }

  /// Somebody has approved a restriction of a household before it was stored.
  private mutating func judgeApproval(_ stored: StoredEffect) throws(DebtError) {
    let found = try DebtError.wrapping { () throws(SQLiteError) in
      try reader.sql.integer(
        """
        SELECT count(*) FROM decision WHERE customer = ? AND purpose = 'restriction' AND kind = 'human' AND sequence < ?
        """, key, stored.sequence) ?? 0
    }
    if found == 0 { verdict.fail("without approval", stored.effect.id) }
  }

  /// On the day on which it is known that what a restriction names is paid, there is what takes it back.
  ///
  /// What counts is what is known when the day is over: people follow at any hour of it, and until they do a payment may be
  /// taken back, or gas be cut, which costs to restore.
  private mutating func judgeRelease(_ stored: StoredEffect) throws(DebtError) {
    let effect = stored.effect
    let reliefs = effects.filter { $0.concerned == effect.id }
    let known = try DebtError.wrapping { () throws(SQLiteError) in
      try reader.sql.all(
        "SELECT DISTINCT known_from FROM version WHERE customer = ? AND known_from > ? ORDER BY known_from",
        key,
        (stored.sentAt ?? stored.at).microseconds
      ) { row throws(SQLiteError) in Instant(microseconds: try row.integer(0)) }
    }
    let instants = known.indices.filter { place in
      place + 1 == known.count || RigaTime.date(at: known[place]) != RigaTime.date(at: known[place + 1])
    }.map { known[$0] }
    for instant in instants {
      let facts = try facts(at: instant)
      let day = RigaTime.date(at: instant)
      let own = facts.operatorConfirmations.map(\.fact).filter { answer in
        answer.request == effect.id || reliefs.contains { $0.effect.id == answer.request }
      }
      if own.contains(where: { [.restored, .withdrawn, .refused, .terminated].contains($0.event) }) {
        return
      }
      if facts.operatorConfirmations.contains(where: {
        $0.fact.contract == effect.contract && $0.fact.event == .terminated
      }) {
        return
      }
      let isGas = effect.commodity == .gas
      guard facts.isPaid(effect.invoices, contract: effect.contract, isGas: isGas, on: day) else { continue }
      let isCarriedOut = own.contains { $0.event == .disconnected || $0.event == .limited }
      let wanted: LadderStep = isCarriedOut ? .release : .withdrawal
      let found = reliefs.contains { $0.effect.step == wanted && RigaTime.date(at: $0.at) <= day }
      verdict.count("payments of a restriction's invoices")
      if !found {
        return verdict.fail(
          "missing releases", "\(effect.step.rawValue) \(effect.id) was paid on \(day): no \(wanted.rawValue)"
        )
      }
    }
  }

  /// A restriction whose invoices are known in the end to have been paid before its day is noted as wrong, and no other is.
  ///
  /// A payment that was taken back by its day is none.
  private mutating func judgeWrongful(_ stored: StoredEffect) throws(DebtError) {
    let effect = stored.effect
    let before = RigaTime.date(at: stored.sentAt ?? stored.at).after(-1)
    let notes: [OutboxEvent]
    do throws(OutboxError) {
      notes = try OutboxStore.events(of: effect.id, in: reader.sql).filter { $0.reason == "wrongful" }
    } catch {
      throw .outbox(error)
    }
    verdict.count("restrictions found wrongful", notes.count)
    if notes.count > 1 { verdict.fail("wrongful", "\(effect.id) is noted \(notes.count) times") }
    let known = try facts(at: notes.first?.at ?? house.clock.now)
    let wasPaid = [before, before.after(1)].allSatisfy {
      known.isPaid(effect.invoices, contract: effect.contract, isGas: false, on: $0)
    }
    if wasPaid != !notes.isEmpty {
      verdict.fail("wrongful", "\(effect.id) had \(wasPaid ? "" : "not ")been paid on \(before)")
    }
  }

  /// A restriction is taken back once each way; again only where the operator has not answered for two weeks.
  private mutating func judgeReliefs() {
    let reliefs = effects.filter { $0.effect.isRelief && $0.state != .reverted }
    for (id, own) in Dictionary(
      grouping: reliefs, by: { "\($0.concerned ?? "-") \($0.effect.step.rawValue)" })
    {
      verdict.count("releases and withdrawals", own.count)
      for (earlier, later) in zip(own, own.dropFirst()) {
        let days = RigaTime.date(at: earlier.at).days(until: RigaTime.date(at: later.at))
        if days < 14 { verdict.fail("doubled releases", "\(id): again after \(days) days") }
      }
      if id.hasPrefix("-") { verdict.fail("doubled releases", "\(id) takes nothing back") }
    }
  }
}

extension StoredEffect {
  /// The restriction that it takes back.
  var concerned: String? {
    if case .operatorRequest(let request) = effect.kind { request.concerning } else { nil }
  }
}
