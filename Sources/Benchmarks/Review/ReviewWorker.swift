import Access
import Decisioning
import FactStore
import Foundation
import HumanReview
import SQLite
import SyntheticPortfolio
import Values

/// One reviewer in a process of its own, who claims and decides until nothing is left; started by `ReviewConcurrency`.
///
/// Now and then this reviewer walks away from a case, comes back too late, decides twice, or asks for a second person. Time
/// runs faster than outside, so that leases run out within seconds. What was done is written line by line, so that it can
/// be held against the database even when the process was killed.
struct ReviewWorker {
  /// How many times faster than outside time runs: a lease of 15 minutes takes five seconds.
  static let speed = 180

  let desk: ReviewDesk
  let actor: Actor
  let day: CivilDate
  let start: Double
  let log: FileHandle
  var random: SplitMix64

  /// `review-worker DATABASE LOG NAME SEED START BUSINESS-DATE`.
  static func run(_ words: [String]) -> Bool {
    guard words.count == 6, let seed = UInt64(words[3]), let start = Double(words[4]),
      let day = CivilDate(words[5]),
      let log = FileHandle(forWritingAtPath: words[1])
    else { return false }
    do {
      let ruleSet = try RuleSet(folder: "rules")
      let store = try FactStore(path: words[0], mode: .existing, contributed: ReviewHouse.migrations)
      var worker = ReviewWorker(
        desk: try ReviewHouse.desk(store, ruleSet),
        actor: Actor(name: words[2], roles: [.reviewer, .senior]), day: day,
        start: start, log: log, random: SplitMix64(seed: seed))
      try worker.work()
      return true
    } catch let error as ReviewError {
      print("\(words[2]): \(error.sentence)")
      return false
    } catch {
      print("\(words[2]): \(error)")
      return false
    }
  }

  private var now: Instant {
    let passed = Int((wallSeconds() - start) * Double(Self.speed) * 1_000_000)
    return ReviewHouse.opening.adding(microseconds: passed) ?? ReviewHouse.opening
  }

  private mutating func work() throws {
    while true {
      if let claimed = try desk.claimNext(by: actor, at: now) {
        note("claimed", claimed.id)
        try handle(claimed)
      } else if try !approve() {
        let open = try desk.store.read { reader throws(ReviewError) in
          try ReviewStore.figures(on: day, in: reader.sql).total
        }
        if open == 0 { return }
        // What is left is claimed by somebody who may never come back.
        usleep(200_000)
      }
    }
  }

  private mutating func handle(_ claimed: ReviewCase) throws {
    switch Int.random(in: 0..<100, using: &random) {
    case 0:
      // Walks away.
      return
    case 1:
      // Comes back too late, and somebody else may have it.
      usleep(5_500_000)
      try decide(claimed, .mayBeLate)
    case 2:
      do throws(ReviewError) {
        try desk.release(claimed.id, reason: "somebody else knows more", by: actor, at: now)
        note("released", claimed.id)
      } catch {
        try expectLate(error)
      }
    case 3:
      try decide(claimed, .mayBeLate)
      // As from a second terminal that still shows the case.
      try decide(claimed, .mustFail)
    default: try decide(claimed, .mayBeLate)
    }
  }

  private enum Expectation { case mayBeLate, mustFail }

  private mutating func decide(_ claimed: ReviewCase, _ expectation: Expectation) throws {
    var draft = JudgementDraft(
      claimed.id.kind == .contest ? .confirmed : .changed,
      scope: claimed.id.kind == .contest ? .customer : .order, reasons: ["J-EVIDENCE"],
      text: "The documents that were handed in say so.")
    if claimed.id.kind == .referral { draft.outcome = .accept }
    if claimed.id.kind == .contest, Int.random(in: 0..<20, using: &random) == 0 {
      draft.resolution = .changed
      draft.rating = "F"
    }
    do throws(ReviewError) {
      let decided = try desk.decide(
        claimed.id, draft, expecting: claimed.version, by: actor, on: day, at: now)
      switch decided {
      case .recorded(let record): note("decided", claimed.id, record.id)
      case .awaitsSecondPerson: note("proposed", claimed.id)
      }
      if expectation == .mustFail { note("TWICE", claimed.id) }
    } catch {
      if case .draft(_, .nothingChanged) = error, draft.rating != nil {
        // The customer was rated F all along.
        draft.resolution = .confirmed
        draft.rating = nil
        return try confirm(claimed, draft)
      }
      try expectLate(error)
      note("refused", claimed.id)
    }
  }

  private func confirm(_ claimed: ReviewCase, _ draft: JudgementDraft) throws {
    do throws(ReviewError) {
      let decided = try desk.decide(
        claimed.id, draft, expecting: claimed.version, by: actor, on: day, at: now)
      if case .recorded(let record) = decided { note("decided", claimed.id, record.id) }
    } catch {
      try expectLate(error)
      note("refused", claimed.id)
    }
  }

  /// Approves one case that waits for a second person; false where none does that somebody else decided.
  private func approve() throws -> Bool {
    let waiting = try desk.store.read { reader throws(ReviewError) in
      try ReviewStore.list(QueueFilter(states: [.secondPerson]), limit: 100, at: now, in: reader)
    }
    guard let found = waiting.first(where: { $0.proposal?.judgement.reviewer != actor.name }) else {
      return false
    }
    do throws(ReviewError) {
      try desk.opened(found.id, [CaseSection.decision.rawValue], by: actor, at: now)
      let record = try desk.approve(found.id, expecting: found.version, by: actor, on: day, at: now)
      note("decided", found.id, record.id)
    } catch {
      // Others approve at the same time.
      try expectLate(error)
      note("refused", found.id)
    }
    return true
  }

  /// Only what comes of being too late may be refused; anything else is a fault.
  private func expectLate(_ error: ReviewError) throws {
    switch error {
    case .closed, .leaseOver, .claimedByAnother, .notClaimed, .changed, .awaitsSecondPerson, .noProposal:
      return
    default: throw error
    }
  }

  private func note(_ what: String, _ id: CaseID, _ decision: DecisionID? = nil) {
    let line = "\(what) \(id) \(decision?.description ?? "-") \(actor.name)\n"
    _ = try? log.seekToEnd()
    try? log.write(contentsOf: Data(line.utf8))
  }
}
