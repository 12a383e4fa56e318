import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Values

/// What a customer says against a decision, through whatever channel and at any time.
public struct Contest: Hashable, Sendable {
  /// How it arrived.
  public enum Channel: String, CaseIterable, Hashable, Sendable {
    case letter
    case email = "e-mail"
    case phone
    case portal
    case office
  }

  /// The customer's number, where whoever enters it knows it: a check against a mistyped decision.
  public var customer: String?
  /// How it arrived.
  public var channel: Channel
  /// What the customer says; nothing has to be said.
  public var text: String

  /// A contest.
  public init(customer: String? = nil, channel: Channel, text: String) {
    self.customer = customer
    self.channel = channel
    self.text = text
  }
}

extension ReviewDesk {
  /// What came of entering a contest.
  public struct Contested: Sendable {
    /// The case; its decision is the newest about the same matter, which may be later than the one that was named.
    public let reviewCase: ReviewCase
    /// Whether the contest joined a case that was open.
    public let hasJoined: Bool
  }

  /// Enters that a decision is contested; from now until the answer it has no effect.
  public func contest(
    _ decision: DecisionID, _ contest: Contest, by actor: Actor, on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> Contested {
    try Self.require(.contest, actor)
    return try enter(contest, against: decision, by: actor.name, on: day, at: instant)
  }

  /// Enters what a customer contests through a company's portal.
  ///
  /// - Parameter service: the token of the program that passes it on.
  public func contest(
    _ decision: DecisionID, _ contest: Contest, from service: ServiceToken, on day: CivilDate,
    at instant: Instant
  ) throws(ReviewError) -> Contested {
    guard service.grant.scopes.contains(.contest) else {
      throw .notAllowed(actor: service.user, .contest)
    }
    return try enter(contest, against: decision, by: service.user, on: day, at: instant)
  }

  private func enter(
    _ contest: Contest, against decision: DecisionID, by actor: String, on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> Contested {
    try Self.require(contest.text, .contest, of: nil)
    let (id, hasJoined) = try write(actor: actor, at: instant, purpose: "contest") {
      write throws(ReviewError) -> (CaseID, Bool) in
      guard let chain = try ReviewStore.chain(of: decision, in: write.sql) else {
        throw .unknownDecision(decision)
      }
      let record = try Self.record(chain.newest, in: write.sql)
      if let customer = contest.customer, customer != record.content.customer {
        throw .otherCustomer(decision, named: customer)
      }
      // Cases about earlier decisions are brought to the newest one first.
      try write.follow(
        chain, (record.kind, record.content.outcome == .refer), CaseOpening(record, on: day, policy))
      let open = try ReviewStore.openCases(on: chain, in: write.sql).first { $0.id.kind == .contest }
      let opening = CaseOpening.contest(of: record, on: day, policy)
      var about = open == nil ? opening.about : JSONObject()
      about[ReviewEvent.Key.channel] = .string(contest.channel.rawValue)
      about[ReviewEvent.Key.text] = .string(contest.text)
      if chain.newest != decision { about[ReviewEvent.Key.before] = .number(Decimal(decision.number)) }
      if let open {
        try write.record(.joined, of: open.id, about: about)
        return (open.id, true)
      }
      try write.record(.opened, of: opening.id, about: about)
      return (opening.id, false)
    }
    let found = try store.read { reader throws(ReviewError) in
      try ReviewStore.read(id, at: instant, in: reader)
    }
    return Contested(reviewCase: found, hasJoined: hasJoined)
  }

  static func record(_ id: DecisionID, in reader: Reader) throws(ReviewError) -> DecisionRecord {
    do {
      if let record = try DecisionStore.decision(id, in: reader) { return record }
    } catch {
      throw .decisions(error)
    }
    throw .unknownDecision(id)
  }
}
