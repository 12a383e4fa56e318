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

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func theDeskAgreesWithANaiveModel(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let office = try Office()
    var known: [CaseID: Known] = [:]
    for number in 1...6 {
      // Contests of a rating: a change by three ratings needs a second person.
      let contested = try office.contest(try office.rate("C\(number)").id)
      known[contested.reviewCase.id] = Known()
    }
    let ids = known.keys.sorted()
    let actors = [Office.janis, Office.ieva, Office.liga, Office.maris]
    var decisions: [CaseID: Int] = [:]
    for _ in 0..<220 {
      let id = ids[random.number(below: ids.count)]
      let actor = actors[random.number(below: actors.count)]
      let at = office.tick(minutes: random.number(below: 8))
      guard var model = known[id] else { continue }
      let isHeld = model.isClaimed(by: actor, at: at)
      let maySee = !model.isEscalated || actor.may(.approve)
      let version = random.number(below: 8) == 0 ? model.version - 1 : model.version
      let expected: Bool
      let happened: Bool
      switch random.number(below: 11) {
      case 0, 1, 2:
        expected =
          !model.isClosed && model.proposer == nil && maySee
          && [nil, actor.name].contains(model.holder(at: at))
        happened = office.did { _ = try office.desk.claim(id, by: actor, at: at) }
        if expected {
          if !isHeld { model.free() }
          model.holder = actor.name
          model.leaseUntil = try #require(at.adding(microseconds: 15 * 60_000_000))
        }
      case 3:
        expected = isHeld
        happened = office.did { try office.desk.release(id, reason: "lunch", by: actor, at: at) }
        if expected { model.free() }
      case 4:
        expected = isHeld
        let until = try office.later(1)
        happened = office.did {
          try office.desk.snooze(id, until: until, reason: "bank", by: actor, on: office.day, at: at)
        }
        if expected {
          model.free()
          model.snoozedUntil = until
        }
      case 5:
        let isFree = [nil, actor.name].contains(model.holder(at: at))
        expected = !model.isClosed && isFree
        happened = office.did { try office.desk.escalate(id, reason: "hard", by: actor, at: at) }
        if expected, !model.isEscalated {
          model.isEscalated = true
          if model.proposer == nil { model.free() } else { model.version += 1 }
        }
      case 6:
        expected = true
        happened = office.did { try office.desk.note(id, "?", by: actor, at: at) }
        model.version += 1
      case 7, 8:
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
          if needsSecond { model.proposer = actor.name } else { model.isClosed = true }
        }
      case 9:
        expected =
          !model.isClosed && actor.may(.approve) && version == model.version
          && model.proposer.map { $0 != actor.name } ?? false
        happened = office.did {
          _ = try office.desk.approve(id, expecting: version, by: actor, on: office.day, at: at)
        }
        if expected {
          model.free()
          model.proposer = nil
          model.isClosed = true
        }
      default:
        expected = model.proposer.map { $0 == actor.name || actor.may(.approve) } ?? false
        happened = office.did { try office.desk.sendBack(id, reason: "why so", by: actor, at: at) }
        if expected {
          model.free()
          model.proposer = nil
        }
      }
      #expect(happened == expected, "\(id) \(actor.name)")
      known[id] = model
      let found = try office.find(id)
      #expect(found.version == model.version)
      #expect(found.holder == (model.isClosed ? nil : model.holder(at: at)))
      #expect((found.state == .closed) == model.isClosed)
      #expect(found.proposal?.judgement.reviewer == model.proposer)
      #expect(found.isEscalated == model.isEscalated)
      #expect(found.snoozedUntil == model.snoozedUntil)
      if model.isClosed { decisions[id] = found.closing?.decision?.number }
    }
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
