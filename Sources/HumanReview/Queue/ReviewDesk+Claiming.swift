import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// Takes a case to work on; whoever holds it already renews the claim.
  public func claim(_ id: CaseID, by actor: Actor, at instant: Instant) throws(ReviewError) -> ReviewCase {
    let claimed = try write(actor: actor.name, at: instant, purpose: "review claim") {
      write throws(ReviewError) in
      try claim(try stored(id, in: write.transaction.reader), by: actor, at: instant, write)
    }
    if claimed == nil { _ = try renew(id, by: actor, at: instant) }
    return try store.read { reader throws(ReviewError) in
      try ReviewStore.read(id, at: instant, in: reader)
    }
  }

  /// Takes the first case of the queue that the actor may work on; nil where there is none.
  ///
  /// It is looked for in a snapshot, since that may take long where much of the queue is not for the actor; only the case
  /// found is looked at again in the write. Where somebody else was quicker, the next one is taken.
  public func claimNext(
    kinds: Set<CaseKind> = [], by actor: Actor, at instant: Instant
  ) throws(ReviewError) -> ReviewCase? {
    try Self.require(.review, actor)
    var tried: Set<CaseID> = []
    while true {
      let passed = tried
      let next = try store.read { reader throws(ReviewError) in
        try ReviewStore.next(for: actor, kinds: kinds, except: passed, at: instant, in: reader)
      }
      guard let id = next?.id else { return nil }
      if try claimIfOpen(id, by: actor, at: instant) {
        return try store.read { reader throws(ReviewError) in
          try ReviewStore.read(id, at: instant, in: reader)
        }
      }
      tried.insert(id)
    }
  }

  /// Claims a case that was open a moment ago; false where it no longer is, or is no longer for the actor.
  private func claimIfOpen(
    _ id: CaseID, by actor: Actor, at instant: Instant
  ) throws(ReviewError) -> Bool {
    try write(actor: actor.name, at: instant, purpose: "review next") { write throws(ReviewError) in
      let found = try stored(id, in: write.transaction.reader)
      var refusals = CaseRefusals(actor)
      guard found.seen(at: instant).state == .open,
        try refusals.refusal(of: found, in: write.sql) == nil
      else {
        write.transaction.abandon()
        return false
      }
      return try claim(found, by: actor, at: instant, write) != nil
    }
  }

  /// Keeps a claim alive and gives its new end; no numbered write, since nothing has happened.
  public func renew(_ id: CaseID, by actor: Actor, at instant: Instant) throws(ReviewError) -> Instant {
    let until = leaseEnd(from: instant)
    try store.database.write { transaction throws(ReviewError) in
      let reader = FactReader(transaction)
      try requireClaim(try stored(id, in: reader), by: actor, at: instant)
      try ReviewError.wrapping { () throws(SQLiteError) in
        try transaction.run(
          "UPDATE review_lease SET until = max(until, ?) WHERE case_kind = ? AND case_number = ?",
          until.microseconds, id.kind.letter, id.number)
      }
    }
    return until
  }

  /// Gives a case back.
  public func release(
    _ id: CaseID, reason: String, by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try Self.require(reason, .reason, of: id)
    try act("release", on: id, by: actor, at: instant) { found, write throws(ReviewError) in
      try requireClaim(found, by: actor, at: instant)
      try write.record(.released, of: id, [ReviewEvent.Key.text: .string(reason)])
    }
  }

  /// Puts a case off until a day; it comes back by itself.
  ///
  /// Not beyond the day by which it is due, as long as that day has not come.
  public func snooze(
    _ id: CaseID, until: CivilDate, reason: String, by actor: Actor, on day: CivilDate, at instant: Instant
  ) throws(ReviewError) {
    try Self.require(reason, .reason, of: id)
    try act("snooze", on: id, by: actor, at: instant) { found, write throws(ReviewError) in
      try requireClaim(found, by: actor, at: instant)
      let longest = day.adding(days: policy.longestSnoozeDays) ?? .latest
      let latest = found.due > day ? min(longest, found.due) : longest
      guard until > day, until <= latest else { throw .snooze(id, latest: latest, isPast: until <= day) }
      try write.record(
        .snoozed, of: id,
        [ReviewEvent.Key.until: .string(until.description), ReviewEvent.Key.text: .string(reason)])
    }
  }

  /// Hands a case to the seniors.
  public func escalate(
    _ id: CaseID, reason: String, by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try Self.require(reason, .reason, of: id)
    try act("escalate", on: id, by: actor, at: instant) { found, write throws(ReviewError) in
      let seen = found.seen(at: instant)
      if let closing = seen.closing { throw .closed(id, closing) }
      if let holder = seen.holder, holder != actor.name {
        throw .claimedByAnother(id, holder: holder, until: seen.leaseUntil ?? instant)
      }
      guard !found.isEscalated else {
        write.transaction.abandon()
        return
      }
      try write.record(.escalated, of: id, [ReviewEvent.Key.text: .string(reason)])
    }
  }

  /// Writes a note; whoever receives contests may do so too, with or without a claim.
  public func note(_ id: CaseID, _ text: String, by actor: Actor, at instant: Instant) throws(ReviewError) {
    try Self.require(.contest, actor)
    try Self.require(text, .note, of: id)
    try write(actor: actor.name, at: instant, purpose: "review note") { write throws(ReviewError) in
      _ = try stored(id, in: write.transaction.reader)
      try write.record(.noted, of: id, [ReviewEvent.Key.text: .string(text)])
    }
  }

  /// Records that somebody looked at something of a case.
  public func viewed(
    _ id: CaseID, _ what: String, by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try write(actor: actor.name, at: instant, purpose: "review show") { write throws(ReviewError) in
      _ = try stored(id, in: write.transaction.reader)
      try write.record(.viewed, of: id, [ReviewEvent.Key.what: .string(what)])
    }
  }

  /// Refuses whoever does not hold a case at an instant.
  public func requireClaim(
    _ found: ReviewCase, by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    if let closing = found.closing { throw .closed(found.id, closing) }
    if let proposal = found.proposal {
      throw .awaitsSecondPerson(found.id, reviewer: proposal.judgement.reviewer)
    }
    guard found.state == .claimed, let holder = found.holder, let until = found.leaseUntil else {
      throw .notClaimed(found.id)
    }
    if holder == actor.name {
      guard until > instant else { throw .leaseOver(found.id, at: until) }
      return
    }
    guard until > instant else { throw .notClaimed(found.id) }
    throw .claimedByAnother(found.id, holder: holder, until: until)
  }

  /// Claims a case inside a write; nil, and nothing is written, where the actor holds it already.
  private func claim(
    _ found: ReviewCase, by actor: Actor, at instant: Instant, _ write: ReviewWrite
  ) throws(ReviewError) -> ReviewCase? {
    let seen = found.seen(at: instant)
    if let closing = seen.closing { throw .closed(seen.id, closing) }
    var refusals = CaseRefusals(actor)
    if let refusal = try refusals.refusal(of: seen, in: write.sql) { throw refusal }
    if let proposal = seen.proposal {
      throw .awaitsSecondPerson(seen.id, reviewer: proposal.judgement.reviewer)
    }
    if let holder = seen.holder {
      guard holder == actor.name else {
        throw .claimedByAnother(seen.id, holder: holder, until: seen.leaseUntil ?? instant)
      }
      write.transaction.abandon()
      return nil
    }
    return try write.record(
      .claimed, of: seen.id,
      [
        ReviewEvent.Key.until: .string(leaseEnd(from: instant).description),
        // Whose claim ran out.
        ReviewEvent.Key.holder: found.holder.map(JSONValue.string),
      ])
  }

  private func leaseEnd(from instant: Instant) -> Instant {
    instant.adding(microseconds: policy.leaseMinutes * 60_000_000) ?? instant
  }

  /// One act of a reviewer on a case, in one write.
  private func act(
    _ verb: String, on id: CaseID, by actor: Actor, at instant: Instant,
    _ body: (ReviewCase, ReviewWrite) throws(ReviewError) -> Void
  ) throws(ReviewError) {
    try Self.require(.review, actor)
    try write(actor: actor.name, at: instant, purpose: "review \(verb)") { write throws(ReviewError) in
      try body(try stored(id, in: write.transaction.reader), write)
    }
  }
}
