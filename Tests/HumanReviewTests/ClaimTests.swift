import Access
import Decisioning
import Formats
import Testing
import Values

@testable import HumanReview

/// Who works on what: claims with leases, putting off, escalating.
@Suite struct ClaimTests {
  @Test func aClaimKeepsOthersOutUntilItsLeaseRunsOut() throws {
    let (office, id) = try Self.office()
    let claimed = try office.claim(id)
    #expect(claimed.state == .claimed)
    #expect(claimed.holder == "janis")
    let until = try #require(claimed.leaseUntil)
    #expect(until == office.now.adding(microseconds: 15 * 60_000_000))
    let error = office.refusal { _ = try office.claim(id, by: Office.ieva) }
    #expect(error?.code == "review.claimed-by-another")
    #expect(error?.sentence.contains("is claimed by janis until \(RigaTime.minute(at: until))") == true)
    _ = office.tick(minutes: 15)
    #expect(try office.find(id).state == .open)
    #expect(try office.find(id).holder == nil)
    let lost = office.refusal { try office.decide(id) }
    #expect(lost?.code == "review.lease-over")
    #expect(lost?.sentence.contains("ran out at \(RigaTime.minute(at: until))") == true)
    #expect(try office.claim(id, by: Office.ieva).holder == "ieva")
    #expect(try office.events(id).last?.about["holder"]?.stringValue == "janis")
    #expect(office.refusal { try office.decide(id) }?.code == "review.claimed-by-another")
    try office.expectSound()
  }

  @Test func aHeartbeatKeepsTheClaimAndIsNoWrite() throws {
    let (office, id) = try Self.office()
    _ = try office.claim(id)
    let events = try office.events(id).count
    for _ in 0..<4 {
      let at = office.tick(minutes: 10)
      #expect(try office.desk.renew(id, by: Office.janis, at: at) > at)
    }
    // Claiming what one holds is a heartbeat, too.
    #expect(try office.claim(id).holder == "janis")
    #expect(try office.events(id).count == events)
    #expect(
      office.refusal { _ = try office.desk.renew(id, by: Office.ieva, at: office.tick()) }?.code
        == "review.claimed-by-another")
    _ = office.tick(minutes: 20)
    #expect(
      office.refusal { _ = try office.desk.renew(id, by: Office.janis, at: office.tick()) }?.code
        == "review.lease-over")
    try office.expectSound()
  }

  @Test func releasingGivesItBack() throws {
    let (office, id) = try Self.office()
    #expect(
      office.refusal { try office.desk.release(id, reason: "lunch", by: Office.janis, at: office.tick()) }?
        .code
        == "review.not-claimed")
    _ = try office.claim(id)
    let error = office.refusal {
      try office.desk.release(id, reason: " ", by: Office.janis, at: office.tick())
    }
    #expect(error?.sentence.contains("in 3 letters or more") == true)
    try office.desk.release(id, reason: "lunch", by: Office.janis, at: office.tick())
    #expect(try office.find(id).state == .open)
    #expect(office.refusal { try office.decide(id) }?.sentence.contains("is not claimed by you") == true)
    try office.expectSound()
  }

  @Test func whatIsPutOffComesBackByItself() throws {
    let (office, id) = try Self.office(contested: true)
    _ = try office.claim(id)
    func snooze(_ days: Int) throws {
      try office.desk.snooze(
        id, until: try office.later(days), reason: "waits for the bank", by: Office.janis, on: office.day,
        at: office.tick())
    }
    #expect(office.refusal { try snooze(0) }?.sentence.contains("until tomorrow at the earliest") == true)
    let latest = try office.later(office.desk.policy.longestSnoozeDays)
    let error = office.refusal { try snooze(office.desk.policy.longestSnoozeDays + 1) }
    #expect(error?.sentence.contains("can be put off until \(latest) at the latest") == true)
    try snooze(5)
    #expect(try office.find(id).state == .snoozed)
    #expect(try office.list(QueueFilter(kinds: [.contest], states: [.open])).isEmpty)
    office.day = try office.later(4)
    #expect(try office.follow()[.woken] == 0)
    office.day = try office.later(1)
    #expect(try office.follow()[.woken] == 1)
    #expect(try office.find(id).state == .open)
    try office.expectSound()
  }

  @Test func nothingIsPutOffBeyondTheDayByWhichItIsDue() throws {
    let (office, id) = try Self.office()
    let due = try office.find(id).due
    _ = try office.claim(id)
    let error = office.refusal {
      try office.desk.snooze(
        id, until: try #require(due.adding(days: 1)), reason: "holiday", by: Office.janis, on: office.day,
        at: office.tick())
    }
    #expect(error?.sentence.contains("until \(due) at the latest") == true)
  }

  @Test func whatIsDueGoesToASenior() throws {
    let (office, id) = try Self.office()
    office.day = try office.find(id).due
    _ = try office.claim(id)
    // Whoever is at it may finish.
    #expect(try office.follow()[.escalated] == 0)
    #expect(try !office.find(id).isEscalated)
    _ = office.tick(minutes: 16)
    #expect(try office.follow()[.escalated] == 1)
    #expect(try office.find(id).isEscalated)
    #expect(try office.follow()[.escalated] == 0)
    let error = office.refusal { _ = try office.claim(id) }
    #expect(error?.code == "review.needs-senior")
    #expect(error?.sentence.contains("was escalated, so a senior decides it") == true)
    #expect(try office.claim(id, by: Office.liga).holder == "liga")
    try office.decide(id, by: Office.liga)
    try office.expectSound()
  }

  @Test func whoeverCannotDecideHandsItOn() throws {
    let (office, id) = try Self.office()
    _ = try office.claim(id)
    #expect(
      office.refusal {
        try office.desk.escalate(id, reason: "too hard", by: Office.ieva, at: office.tick())
      }?.code == "review.claimed-by-another")
    try office.desk.escalate(id, reason: "too hard", by: Office.janis, at: office.tick())
    let found = try office.find(id)
    #expect(found.isEscalated && found.state == .open && found.holder == nil)
    let events = try office.events(id).count
    try office.desk.escalate(id, reason: "again", by: Office.ieva, at: office.tick())
    #expect(try office.events(id).count == events)
    #expect(try office.list(QueueFilter(isEscalated: true)).map(\.id) == [id])
    try office.expectSound()
  }

  @Test func theNextCaseIsTheMostUrgentThatOneMayTake() throws {
    let office = try Office()
    let first = try office.refer("C1")
    let second = try office.refer("C2")
    try office.follow()
    let ids = [first, second].map { CaseID(.referral, $0.id.number) }
    try office.desk.escalate(ids[1], reason: "too hard", by: Office.janis, at: office.tick())
    func next(_ actor: Actor, _ kinds: Set<CaseKind> = [.referral]) throws -> CaseID? {
      try office.desk.claimNext(kinds: kinds, by: actor, at: office.tick())?.id
    }
    #expect(try next(Office.janis) == ids[0])
    #expect(try next(Office.ieva) == nil)
    #expect(try next(Office.liga) == ids[1])
    #expect(try next(Office.maris) == nil)
    _ = office.tick(minutes: 16)
    #expect(try next(Office.ieva) == ids[0])
    #expect(try next(Office.maris, []) == ids[1])
    #expect(office.refusal { _ = try next(Office.dora) }?.code == "review.not-allowed")
    try office.expectSound()
  }

  @Test func rolesAreAskedFor() throws {
    let (office, id) = try Self.office()
    for actor in [Office.dora, Office.auris] {
      let error = office.refusal { _ = try office.claim(id, by: actor) }
      #expect(error?.sentence.contains("takes the role reviewer or senior") == true)
    }
    #expect(office.refusal { try office.desk.note(id, "x", by: Office.auris, at: office.tick()) } != nil)
    try office.desk.note(id, "x", by: Office.dora, at: office.tick())
    #expect(
      office.refusal { _ = try office.contest(DecisionID(1), by: Office.auris) }?.code == "review.not-allowed"
    )
  }

  @Test func casesThatDoNotExistAreToldFromOthers() throws {
    let (office, id) = try Self.office()
    let near = office.refusal { _ = try office.claim(CaseID(.approval, id.number)) }
    #expect(near?.sentence == "There is no case A-\(id.number). There is \(id).")
    let far = office.refusal { _ = try office.claim(CaseID(.approval, 999)) }
    #expect(far?.sentence == "There is no case A-999. 'bonitas review list' shows the cases.")
  }

  @Test func looksAreRecordedAndChangeNothing() throws {
    let (office, id) = try Self.office()
    let version = try office.claim(id).version
    try office.desk.viewed(id, "evidence", by: Office.janis, at: office.tick())
    #expect(try office.find(id).version == version)
    #expect(try office.events(id).last?.about["what"]?.stringValue == "evidence")
    try office.decide(id, version: version)
    try office.expectSound()
  }

  /// A case nobody has looked at: a referral, or the contest of a decision.
  static func office(contested: Bool = false) throws -> (Office, CaseID) {
    let office = try Office()
    if contested {
      return (office, try office.contest(try office.rate().id).reviewCase.id)
    }
    let record = try office.refer()
    try office.follow()
    return (office, CaseID(.referral, record.id.number))
  }
}
