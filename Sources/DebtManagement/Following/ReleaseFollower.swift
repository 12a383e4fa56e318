import AuditLog
import FactStore
import Facts
import SQLite
public import Values

/// Follows what becomes known of customers, and takes restrictions back whose ground is gone.
///
/// Payment undoes at once: within a second of the commit where somebody follows all the time. The cursor moves in the write
/// that stores the effects, so a change is seen once and a kill loses none.
public struct ReleaseFollower: Sendable {
  private let desk: DebtDesk
  private let actor: String
  /// Changes that are looked at in one write, which others wait for.
  private static let page = 50
  /// Changes of customers about whom nothing was ever sent out, which are passed over in one write.
  private static let quietPage = 10_000

  /// What was done about changes.
  public struct Report: Hashable, Sendable {
    /// How many customers had changed.
    public var customers = 0
    /// The releases and withdrawals that were stored, by the id of the restriction.
    public var relief: [String: String] = [:]
    /// Restrictions that had not left and were withdrawn, with the code of why.
    public var withdrawn: [String: String] = [:]
    /// Restrictions that were found to be wrong from the beginning: payment known later was earlier.
    public var wrongful: [String] = []

    /// Nothing done.
    public init() {}
  }

  /// Follows at a desk, in somebody's name.
  public init(_ desk: DebtDesk, actor: String) {
    self.desk = desk
    self.actor = actor
  }

  /// Follows all changes there are as this begins.
  ///
  /// What comes meanwhile is left to the next time, also of customers who had changed before: while facts arrive all the time
  /// there would be no end. The outbox holds the restrictions of those who wait.
  public func run(on day: CivilDate, clock: () throws(DebtError) -> Instant) throws(DebtError) -> Report {
    var report = Report()
    let newest = try desk.store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in try reader.newestChange() }
    }
    while try step(on: day, at: try clock(), upTo: newest, &report) {}
    return report
  }

  /// Follows some changes, in one write; false where there were none.
  ///
  /// - Parameter newest: the number of the last write whose changes are followed.
  func step(
    on day: CivilDate, at now: Instant, upTo newest: Int, _ report: inout Report
  ) throws(DebtError) -> Bool {
    // Most of the time nothing has changed, or nobody to whom it matters: that is seen without the writers' turn.
    let next = try desk.store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in try Next(reader, quietPage: Self.quietPage) }
    }
    guard let first = next.first, first.sequence <= newest else { return false }
    if let quiet = next.quiet {
      if try pass(quiet, next.newestEffect) { report.customers += next.quietCustomers }
      return true
    }
    report = try desk.store.database.write { [report] transaction throws(DebtError) in
      var report = report
      let reader = FactReader(transaction)
      let changes = try DebtError.wrapping { () throws(SQLiteError) in
        try reader.changes(after: try DebtCursor.last(in: transaction), limit: Self.page)
      }
      guard let last = changes.last else { return report }
      var ends: [End] = []
      for change in changes { ends += try self.ends(of: change.customerKey, on: day, at: now, reader) }
      report.customers += changes.count
      // That somebody looked is nothing that has to be remembered: only what is done is a numbered write.
      if !ends.isEmpty {
        report = try FactStore.write(
          actor: actor, at: now, purpose: OutboxSender.purpose, in: transaction
        ) { [report] write throws(DebtError) in
          var report = report
          for end in ends { try takeBack(end, on: day, write, &report) }
          return report
        }
      }
      try DebtError.wrapping { () throws(SQLiteError) in try DebtCursor.move(to: last, in: transaction) }
      return report
    }
    return true
  }

  /// Passes over changes of customers about whom nothing was ever sent out.
  ///
  /// Whoever makes an effect looks at all that is known by then, so that those that are made later need not be asked about
  /// these changes. Where one came since they were read, they are read once more; false then.
  private func pass(
    _ quiet: FactReader.Change, _ newestEffect: Int
  ) throws(DebtError) -> Bool {
    try desk.store.database.write { transaction throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in
        guard try OutboxStore.newest(in: transaction) == newestEffect else { return false }
        try DebtCursor.move(to: quiet, in: transaction)
        return true
      }
    }
  }

  /// What comes next in the feed.
  private struct Next {
    /// The first change; nil where there is none.
    var first: FactReader.Change?
    /// The last of the changes to come whose customers have no effect; nil where the very first has one.
    var quiet: FactReader.Change?
    var quietCustomers = 0
    /// The number of the newest effect that this was read with.
    var newestEffect: Int

    init(_ reader: FactReader, quietPage: Int) throws(SQLiteError) {
      let last = try DebtCursor.last(in: reader.sql)
      first = try reader.changes(after: last, limit: 1).first
      newestEffect = try OutboxStore.newest(in: reader.sql)
      // Where the first one matters, those behind it are not read.
      guard let first, try !OutboxStore.hasEffects(first.customerKey, in: reader.sql) else { return }
      for change in try reader.changes(after: last, limit: quietPage) {
        if try OutboxStore.hasEffects(change.customerKey, in: reader.sql) { break }
        quiet = change
        quietCustomers += 1
      }
    }
  }

  /// A restriction that is to end or was wrong.
  private struct End {
    let restriction: StoredEffect
    /// Why it is taken back; nil where nothing is left to be.
    let reason: String?
    let isCarriedOut: Bool
    let isWrongful: Bool
  }

  /// The restrictions of a customer whose ground is gone, and those whose ground is known now never to have been.
  private func ends(
    of key: Int, on day: CivilDate, at now: Instant, _ reader: FactReader
  ) throws(DebtError) -> [End] {
    let effects = try desk.requests(of: key, reader)
    let released = Set(effects.filter { $0.effect.step == .release }.compactMap(\.concerning))
    let withdrawn = Set(effects.filter { $0.effect.step == .withdrawal }.compactMap(\.concerning))
    let restrictions = effects.filter { stored in
      stored.effect.step.isRestriction && (stored.state.isOpen || stored.mayHaveLeft)
    }
    if restrictions.isEmpty { return [] }
    let marked = try desk.wrongful(of: key, reader)
    let facts = try desk.facts(of: key, on: day, knownAt: now, reader)
    let settled = Settlement(facts, on: day)
    var ends: [End] = []
    for stored in restrictions {
      let effect = stored.effect
      do throws(OutboxError) {
        // What stayed as proof when the customer was erased is over.
        if try stored.isOfErased(in: reader) { continue }
      } catch {
        throw .outbox(error)
      }
      // The proof may come when all was given back already: then it is only noted.
      let isWrongful =
        stored.mayHaveLeft && !marked.contains(effect.id)
        && Settlement.wasPaid(effect, before: stored.leftOn, facts)
      let answers = facts.operatorConfirmations.map(\.fact).filter { $0.request == effect.id }
      let isCarriedOut = answers.contains { $0.event == .disconnected || $0.event == .limited }
      // A contract that has ended does not come back by itself; one whose end was only asked for goes on.
      let isOver =
        released.contains(effect.id)
        || answers.contains { [.restored, .withdrawn, .refused, .terminated].contains($0.event) }
        // A withdrawal that came too late does not give supply back.
        || withdrawn.contains(effect.id) && !isCarriedOut
      var reason: String?
      if !isOver {
        // What was carried out ends with payment; what was not, with anything that makes it unlawful.
        reason =
          settled.isPaid(effect)
          ? "paid" : isCarriedOut ? nil : try desk.obstacle(effect, facts, reader, on: day, now)
      }
      guard reason != nil || isWrongful else { continue }
      ends.append(
        End(restriction: stored, reason: reason, isCarriedOut: isCarriedOut, isWrongful: isWrongful))
    }
    return ends
  }

  private func takeBack(
    _ end: End, on day: CivilDate, _ write: StoreTransaction, _ report: inout Report
  ) throws(DebtError) {
    let (stored, effect) = (end.restriction, end.restriction.effect)
    do throws(OutboxError) {
      if end.isWrongful {
        try OutboxStore.markWrongful(stored, in: write, audit: desk.audit)
        report.wrongful.append(effect.id)
      }
      guard let reason = end.reason else { return }
      // What the other side never had is not taken back there.
      guard stored.mayHaveLeft else {
        report.withdrawn[effect.id] = reason
        // What gave an earlier restriction of the contract back, a moment ago, has withdrawn this one with it.
        guard try OutboxStore.effect(effect.id, in: write.sql).state.isOpen else { return }
        try OutboxStore.set(.withdrawn, [effect.id], reason: reason, in: write, audit: desk.audit)
        return
      }
      let relief = Effect(
        // One of each kind for a restriction, however often it is looked at.
        run: "back-\(effect.id)", customerKey: effect.customerKey, contract: effect.contract,
        commodity: effect.commodity, step: end.isCarriedOut ? .release : .withdrawal,
        kind: .operatorRequest(
          Effect.OperatorRequest(
            deliveryPoint: stored.deliveryPoint, earliest: day, concerning: effect.id,
            isWrongful: end.isWrongful)),
        amount: effect.amount, invoices: effect.invoices)
      try OutboxStore.append([relief], in: write, audit: desk.audit)
      report.relief[effect.id] = relief.id
    } catch {
      throw .outbox(error)
    }
  }
}

extension StoredEffect {
  /// The restriction that a release or withdrawal is about.
  var concerning: String? {
    if case .operatorRequest(let request) = effect.kind { request.concerning } else { nil }
  }

  /// The day that it was made for: that of its certificate, else that of the clock.
  public var day: CivilDate {
    if case .operatorRequest(let request) = effect.kind, let earliest = request.earliest { return earliest }
    return RigaTime.date(at: at)
  }

  /// The day on which it left: as long after the one that it was made for as it waited.
  fileprivate var leftOn: CivilDate {
    day.adding(days: RigaTime.date(at: at).days(until: RigaTime.date(at: sentAt ?? at))) ?? day
  }

  fileprivate var deliveryPoint: String? {
    if case .operatorRequest(let request) = effect.kind { request.deliveryPoint } else { nil }
  }
}

/// Whether invoices that a restriction names are paid.
struct Settlement {
  private let ledgers: [Ledger]
  private let facts: CustomerFacts

  init(_ facts: CustomerFacts, on day: CivilDate) {
    let facts = facts.countedOnce
    self.facts = facts
    ledgers = Set(facts.invoices.map(\.fact.amount.currency)).sorted().map {
      Ledger(facts, businessDate: day, currency: $0)
    }
  }

  /// Whether nothing of the invoices that an effect names is open; for gas also what restoring costs (LV-G-3).
  func isPaid(_ effect: Effect) -> Bool {
    var named = Set(effect.invoices)
    if effect.commodity == .gas {
      named.formUnion(
        facts.invoices.map(\.fact).filter { $0.contract == effect.contract && $0.subject == .restorationCost }
          .map(\.id))
    }
    return isPaid(named)
  }

  private func isPaid(_ named: Set<String>) -> Bool {
    let open = ledgers.flatMap(\.invoices).filter { named.contains($0.id) }
    return Set(open.map(\.id)) == named && open.allSatisfy { $0.outstanding <= 0 }
  }

  /// Whether, as is known now, they were paid before a day; what restoring costs had not come up then.
  ///
  /// A payment that was taken back by that day was none.
  static func wasPaid(_ effect: Effect, before day: CivilDate, _ facts: CustomerFacts) -> Bool {
    [day.adding(days: -1), day].allSatisfy { day in
      day.map { Settlement(facts, on: $0).isPaid(Set(effect.invoices)) } ?? false
    }
  }
}
