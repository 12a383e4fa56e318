import Access
import Decisioning
import TestSupport
import Testing
import Values

@testable import HumanReview

/// Random acts of several people against a model that knows only the rules, in memory.
@Suite struct RandomActsTests {
  /// What the model knows of a case.
  private struct Known {
    var holder: String?
    var leaseUntil = Instant(microseconds: 0)
    var snoozedUntil: CivilDate?
    var isEscalated = false
    var isClosed = false
    var proposer: String?
    /// Who has looked at the case since it was proposed.
    var viewers: Set<String> = []
    var version = 1

    func holder(at instant: Instant) -> String? { leaseUntil > instant ? holder : nil }
    func isClaimed(by actor: Actor, at instant: Instant) -> Bool {
      !isClosed && proposer == nil && holder(at: instant) == actor.name
    }
    mutating func free() {
      holder = nil
      snoozedUntil = nil
      version += 1
    }
  }

  private enum Act { case claim, release, snooze, escalate, note, decide, approve, sendBack }

  /// As often as it may happen.
  private static let acts: [Act] = [
    .claim, .claim, .claim, .claim, .claim, .release, .snooze, .escalate, .note, .decide, .decide, .decide,
    .approve,
    .approve, .approve, .sendBack,
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func theDeskAgreesWithANaiveModel(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let office = try Office()
    var outcomes: [Act: Set<Bool>] = [:]
    var known: [CaseID: Known] = [:]
    for number in 1...6 {
      // Contests of a rating: a change by three ratings needs a second person.
      let contested = try office.contest(try office.rate("C\(number)").id)
      known[contested.reviewCase.id] = Known()
    }
    let ids = known.keys.sorted()
    let actors = [Office.janis, Office.ieva, Office.liga, Office.maris]
    var decisions: [CaseID: Int] = [:]
    for _ in 0..<240 {
      let id = ids[random.number(below: ids.count)]
      guard var model = known[id] else { continue }
      let at = office.tick(minutes: random.number(below: 3))
      // Mostly whoever holds the case acts on it.
      let holder = actors.first { $0.name == model.holder(at: at) && random.number(below: 3) > 0 }
      let actor = holder ?? actors[random.number(below: actors.count)]
      let isHeld = model.isClaimed(by: actor, at: at)
      let maySee = !model.isEscalated || actor.may(.approve)
      let version = random.number(below: 8) == 0 ? model.version - 1 : model.version
      let expected: Bool
      let happened: Bool
      let act = Self.acts[random.number(below: Self.acts.count)]
      switch act {
      case .claim:
        expected =
          !model.isClosed && model.proposer == nil && maySee
          && [nil, actor.name].contains(model.holder(at: at))
        happened = office.did { _ = try office.desk.claim(id, by: actor, at: at) }
        if expected {
          if !isHeld { model.free() }
          model.holder = actor.name
          model.leaseUntil = try #require(at.adding(microseconds: 15 * 60_000_000))
        }
      case .release:
        expected = isHeld
        happened = office.did { try office.desk.release(id, reason: "lunch", by: actor, at: at) }
        if expected { model.free() }
      case .snooze:
        expected = isHeld
        let until = try office.later(1)
        happened = office.did {
          try office.desk.snooze(id, until: until, reason: "bank", by: actor, on: office.day, at: at)
        }
        if expected {
          model.free()
          model.snoozedUntil = until
        }
      case .escalate:
        let isFree = [nil, actor.name].contains(model.holder(at: at))
        expected = !model.isClosed && isFree
        happened = office.did { try office.desk.escalate(id, reason: "hard", by: actor, at: at) }
        if expected, !model.isEscalated {
          model.isEscalated = true
          if model.proposer == nil { model.free() } else { model.version += 1 }
        }
      case .note:
        expected = true
        happened = office.did { try office.desk.note(id, "?", by: actor, at: at) }
        model.version += 1
      case .decide:
        let needsSecond = random.number(below: 2) == 0
        expected = isHeld && maySee && version == model.version
        happened = office.did {
          _ = try office.desk.decide(
            id, Office.draft(rating: needsSecond ? "D" : "B", scope: .customer), expecting: version,
            by: actor,
            on: office.day, at: at)
        }
        if expected {
          model.free()
          model.viewers = []
          if needsSecond { model.proposer = actor.name } else { model.isClosed = true }
        }
      case .approve:
        if random.number(below: 4) > 0 {
          try office.look(id, by: actor)
          model.viewers.insert(actor.name)
        }
        expected =
          !model.isClosed && actor.may(.approve) && version == model.version
          && model.viewers.contains(actor.name)
          && model.proposer.map { $0 != actor.name } ?? false
        happened = office.did {
          _ = try office.desk.approve(id, expecting: version, by: actor, on: office.day, at: at)
        }
        if expected {
          model.free()
          model.proposer = nil
          model.isClosed = true
        }
      case .sendBack:
        expected = model.proposer.map { $0 == actor.name || actor.may(.approve) } ?? false
        happened = office.did { try office.desk.sendBack(id, reason: "why so", by: actor, at: at) }
        if expected {
          model.free()
          model.proposer = nil
        }
      }
      #expect(happened == expected, "\(act) \(id) \(actor.name)")
      known[id] = model
      outcomes[act, default: []].insert(happened)
      let found = try office.find(id)
      #expect(found.version == model.version)
      #expect(found.holder == (model.isClosed ? nil : model.holder(at: at)))
      #expect((found.state == .closed) == model.isClosed)
      #expect(found.proposal?.judgement.reviewer == model.proposer)
      #expect(found.isEscalated == model.isEscalated)
      #expect(found.snoozedUntil == model.snoozedUntil)
      if model.isClosed { decisions[id] = found.closing?.decision?.number }
    }
    #expect(decisions.count > 1)
    #expect(outcomes.values.count { $0.count == 2 } > 4, "\(outcomes)")
    // Each closed case has made one decision, and no other case any.
    #expect(Set(decisions.values).count == decisions.count)
    for id in ids {
      let made = try office.events(id).filter { $0.kind == .decided }
      #expect(made.count == (known[id]?.isClosed == true ? 1 : 0))
    }
    try office.expectSound(replay: seed == 1)
  }
}

extension Office {
  /// Whether something was done rather than refused.
  func did(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      #expect(error is ReviewError)
      return false
    }
  }
}
