public import AuditLog
public import FactStore
import Facts
import SQLite
public import Values

/// Sends what is in the outbox, at least once, in order for each contract.
///
/// An effect is let go in one transaction (guards asked, the try counted, its contract kept from others until the try is
/// over), handed over outside of any, and noted in another. Whoever is killed in between has the effect sent again once
/// the contract is free: with the same id and the same bytes. Several senders may work at once.
public struct OutboxSender: Sendable {
  private let store: FactStore
  private let audit: AuditLog
  private let destination: OutboxDestination
  private let guards: OutboxGuards
  private let settings: Settings
  private let clock: @Sendable () throws(OutboxError) -> Instant

  /// How it works.
  public struct Settings: Hashable, Sendable {
    /// In whose name writes are made.
    public var actor: String
    /// Who sends, as a URI reference: the `source` of the events.
    public var source: String
    /// How many effects are let go in one transaction.
    public var batch: Int
    /// The wait after the first try that came to nothing, in seconds; it doubles with each.
    public var firstWaitSeconds: Int
    /// The longest wait, in seconds.
    public var longestWaitSeconds: Int
    /// The day that notices are dated by; nil for that of the clock.
    ///
    /// Another one is for a store that was made to be looked at, or that a test clock runs through.
    public var day: CivilDate?

    /// Settings from their parts.
    public init(
      actor: String, source: String = "/bonitas", batch: Int = 32, firstWaitSeconds: Int = 10,
      longestWaitSeconds: Int = 3600, day: CivilDate? = nil
    ) {
      self.actor = actor
      self.source = source
      self.batch = max(1, batch)
      self.firstWaitSeconds = max(1, firstWaitSeconds)
      self.longestWaitSeconds = max(1, longestWaitSeconds)
      self.day = day
    }
  }

  /// What a pass has done.
  public struct Report: Hashable, Sendable {
    /// The effects that left, in order.
    public var sent: [String] = []
    /// Those that came to nothing for now, with the code.
    public var delayed: [String: String] = [:]
    /// Those that a person has to look at, with the code.
    public var failed: [String: String] = [:]
    /// Those that are not to leave any more, with the code.
    public var withdrawn: [String: String] = [:]

    /// Nothing done.
    public init() {}
  }

  /// A sender.
  ///
  /// - Parameter clock: asked before each transaction and each delivery; what it throws ends the pass there, as a kill would.
  public init(
    store: FactStore, audit: AuditLog, destination: OutboxDestination, guards: OutboxGuards,
    settings: Settings, clock: @escaping @Sendable () throws(OutboxError) -> Instant
  ) {
    self.store = store
    self.audit = audit
    self.destination = destination
    self.guards = guards
    self.settings = settings
    self.clock = clock
  }

  /// Sends all that is due, until nothing is or the other side cannot be reached.
  public func run() throws(OutboxError) -> Report {
    var report = Report()
    while try pass(&report) {}
    return report
  }

  /// One batch; false where nothing was due.
  private func pass(_ report: inout Report) throws(OutboxError) -> Bool {
    let taken = try take()
    report.failed.merge(taken.failed) { $1 }
    report.withdrawn.merge(taken.withdrawn) { $1 }
    report.delayed.merge(taken.waiting) { $1 }
    var outcomes: [(stored: StoredEffect, outcome: DeliveryOutcome?)] = []
    let end = later(taken.at, destination.timeoutMilliseconds / 1000 + 1)
    var isReached = true
    for (stored, event) in taken.leaving {
      let now = try clock()
      // An endpoint that does not answer is not asked for the rest, nor is a batch drawn out beyond its lease.
      guard isReached, now <= end else {
        outcomes.append((stored, nil))
        continue
      }
      let outcome = destination.deliver(event, now)
      if case .unreachable = outcome { isReached = false }
      outcomes.append((stored, outcome))
    }
    if !outcomes.isEmpty { try note(outcomes, &report) }
    return isReached && taken.isAnything
  }
}

extension OutboxSender {
  fileprivate struct Taken {
    var at: Instant
    var leaving: [(stored: StoredEffect, event: CloudEvent)] = []
    var waiting: [String: String] = [:]
    var failed: [String: String] = [:]
    var withdrawn: [String: String] = [:]

    var isAnything: Bool { !leaving.isEmpty || !waiting.isEmpty || !failed.isEmpty || !withdrawn.isEmpty }
  }

  /// Lets the next effects go.
  private func take() throws(OutboxError) -> Taken {
    let now = try clock()
    return try store.database.write { transaction throws(OutboxError) in
      var taken = Taken(at: now)
      let reader = FactReader(transaction)
      var ended: [(found: StoredEffect, state: EffectState, code: String)] = []
      for found in try OutboxStore.due(at: now, limit: settings.batch, in: transaction) {
        let id = found.effect.id
        if try found.isOfErased(in: reader) {
          taken.withdrawn[id] = "erased"
          ended.append((found, .withdrawn, "erased"))
          continue
        }
        switch try guards.examine(
          found.effect, in: reader, on: settings.day ?? RigaTime.date(at: now), at: now)
        {
        case .go:
          let customer = try name(of: found.effect.customerKey, in: reader)
          taken.leaving.append((found, CloudEvent(found, customer: customer, source: settings.source)))
          try OutboxStore.begin(found, until: lease(from: now), in: transaction)
        case .wait(let code, let seconds):
          taken.waiting[id] = code
          try OutboxStore.delay(found, until: later(now, seconds), code: code, in: transaction)
        case .stop(let code):
          taken.failed[id] = code
          ended.append((found, .failed, code))
        case .drop(let code):
          taken.withdrawn[id] = code
          ended.append((found, .withdrawn, code))
        }
      }
      if !ended.isEmpty {
        try FactStore.write(
          actor: settings.actor, at: now, purpose: Self.purpose, in: transaction
        ) { write throws(OutboxError) in
          var rows: [AuditedRow] = []
          for end in ended { rows.append(try OutboxStore.enter(end.state, end.code, end.found, write)) }
          try OutboxStore.record(
            "stopped", ended.map(\.found.effect.id), Set(ended.map(\.found.effect.customerKey)), rows, write,
            audit)
        }
      }
      return taken
    }
  }

  /// Notes what came of it; notices that have left are facts from now on.
  private func note(
    _ outcomes: [(stored: StoredEffect, outcome: DeliveryOutcome?)], _ report: inout Report
  ) throws(OutboxError) {
    let now = try clock()
    report = try store.database.write { [report] transaction throws(OutboxError) in
      var report = report
      var ended: [(found: StoredEffect, state: EffectState, code: String?)] = []
      for (stored, outcome) in outcomes {
        let id = stored.effect.id
        // It may have been withdrawn meanwhile.
        let found = try OutboxStore.effect(id, in: transaction)
        try OutboxStore.end(found, outcome, in: transaction)
        switch outcome {
        case nil: break
        case .delivered?:
          report.sent.append(id)
          ended.append((found, .sent, nil))
        case .refused(let code)?:
          report.failed[id] = code
          if found.state == .pending { ended.append((found, .failed, code)) }
        case .later(let code, let seconds)?:
          report.delayed[id] = code
          let wait = max(backOff(tries: found.attempts), min(seconds ?? 0, settings.longestWaitSeconds))
          try OutboxStore.delay(found, until: later(now, wait), code: code, in: transaction)
        case .unreachable(let code)?:
          report.delayed[id] = code
          let next = later(now, backOff(tries: found.attempts))
          try OutboxStore.delay(found, until: next, code: code, in: transaction)
        }
      }
      if !ended.isEmpty {
        try FactStore.write(
          actor: settings.actor, at: now, purpose: Self.purpose, in: transaction
        ) { write throws(OutboxError) in
          var rows: [AuditedRow] = []
          for end in ended { rows.append(try OutboxStore.enter(end.state, end.code, end.found, write)) }
          rows += try SentNotices.enter(
            ended.filter { $0.state == .sent }.map(\.found), on: settings.day ?? RigaTime.date(at: now),
            in: write)
          try OutboxStore.record(
            "tried", ended.map(\.found.effect.id), Set(ended.map(\.found.effect.customerKey)), rows, write,
            audit)
        }
      }
      return report
    }
  }

  static let purpose = "debt-management"

  private func name(of key: Int, in reader: FactReader) throws(OutboxError) -> String {
    let reference: CustomerReference?
    do { reference = try reader.reference(of: key) } catch { throw .facts(error) }
    switch reference {
    case .number(let number)?: return number
    case .identifier(let identifier)?: return identifier.code
    case nil: return ""
    }
  }

  /// Nobody else sends for the contract before this: the batch ends within one timeout, and its last try takes another.
  private func lease(from now: Instant) -> Instant {
    later(now, 2 * destination.timeoutMilliseconds / 1000 + 5)
  }

  private func backOff(tries: Int) -> Int {
    let doubled = settings.firstWaitSeconds.multipliedReportingOverflow(by: 1 << min(max(tries - 1, 0), 30))
    return doubled.overflow
      ? settings.longestWaitSeconds : min(doubled.partialValue, settings.longestWaitSeconds)
  }

  private func later(_ now: Instant, _ seconds: Int) -> Instant {
    now.adding(microseconds: seconds * 1_000_000) ?? now
  }
}
