import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Testing
import Values

@testable import HumanReview

/// Decisions by people: what is refused with which words, what is recorded, when a second person is needed.
@Suite struct DecidingTests {
  @Test func aDecisionClosesTheCaseAndSupersedes() throws {
    let (office, id) = try ClaimTests.office()
    let basis = try #require(try office.claim(id).decision)
    guard case .recorded(let record) = try office.decide(id) else {
      Issue.record("needs no second person")
      return
    }
    #expect(record.kind == .human)
    #expect(record.supersedes == basis)
    #expect(record.actor == "janis")
    #expect(record.content.outcome == .accept)
    #expect(record.content.judgement?.judgement.caseName == id.description)
    #expect(record.content.judgement?.judgement.until == (try office.later(office.desk.policy.validityDays)))
    let closed = try office.find(id)
    #expect(closed.state == .closed && closed.closing?.by == "janis" && closed.closing?.decision == record.id)
    let error = office.refusal { try office.decide(id) }
    #expect(error?.code == "review.closed")
    #expect(error?.sentence.contains("was decided by janis") == true)
    #expect(office.refusal { _ = try office.claim(id) }?.code == "review.closed")
    #expect(try office.follow()[.opened] == 0)
    #expect(try office.list(QueueFilter(states: [.closed], holder: "janis")).map(\.id) == [id])
    try office.expectSound()
  }

  @Test func draftsAreCheckedWithASentenceForEach() throws {
    let (office, id) = try ClaimTests.office()
    _ = try office.claim(id)
    let longest = office.desk.policy.longestValidityDays
    let cases: [(JudgementDraft, String)] = [
      (Office.draft(outcome: .accept, reasons: []), "needs at least one reason"),
      (Office.draft(outcome: .accept, reasons: ["J-WHIM"]), "no reason 'J-WHIM'. The reasons are: J-FACTS,"),
      (Office.draft(outcome: .accept, text: "o k"), "in your own words, in 20 letters or more"),
      (Office.draft(outcome: .accept, text: "a                             b"), "in 20 letters"),
      (Office.draft(outcome: .accept, text: String(repeating: "a", count: 10_001)), "longer than 10000"),
      (Office.draft(outcome: .refer), "'refer' leaves the order undecided"),
      (Office.draft(.confirmed), "nothing here that could be confirmed"),
      (Office.draft(.confirmed, outcome: .accept), "'confirmed' sets neither a rating nor an outcome"),
      (Office.draft(.corrected, rating: "B"), "'corrected' sets neither"),
      (Office.draft(.changed), "This rating and this outcome are what was decided already"),
      (Office.draft(rating: "Z"), "knows no rating 'Z'"),
      (Office.draft(outcome: .accept, until: try office.later(-1)), "but today is \(office.day)"),
      (
        Office.draft(outcome: .accept, until: try office.later(longest + 1)),
        "allows \(try office.later(longest)) at"
      ),
      (Office.draft(.corrected), "Correct the records first: 'bonitas review correct \(id) FILE'"),
    ]
    for (draft, words) in cases {
      let error = office.refusal { try office.decide(id, draft) }
      #expect(error?.sentence.contains(words) == true, "\(words): \(error?.sentence ?? "")")
      #expect(error?.sentence.hasPrefix("Case \(id): ") == true)
    }
    var restricting = Office.draft(outcome: .accept)
    restricting.restriction = .lifted
    #expect(office.refusal { try office.decide(id, restricting) }?.code == "review.unexpected-restriction")
    #expect(try office.find(id).state == .claimed)
    try office.decide(id, Office.draft(outcome: .accept, until: try office.later(longest)))
  }

  @Test func aDecisionWithoutAnOrderHoldsForTheCustomer() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    _ = try office.claim(id)
    #expect(office.refusal { try office.decide(id, Office.draft(.confirmed)) }?.code == "review.no-order")
    try office.decide(id, Office.draft(.confirmed, scope: .customer))
    try office.expectSound()
  }

  @Test func whoeverDecidesHasSeenAllThatHappened() throws {
    let (office, id) = try ClaimTests.office()
    let version = try office.claim(id).version
    try office.desk.note(id, "The customer has called.", by: Office.dora, at: office.tick())
    let error = office.refusal { try office.decide(id, version: version) }
    #expect(error?.code == "review.changed")
    #expect(error?.sentence.contains("(version \(version)): dora wrote a note at") == true)
    try office.decide(id, version: version + 1)
  }

  @Test func aSupersededDecisionIsNotDecidedOn() throws {
    let (office, id) = try ClaimTests.office()
    let old = try #require(try office.claim(id).decision)
    let new = try office.rate("C1", order: "O1")
    let error = office.refusal { try office.decide(id) }
    #expect(error?.code == "review.superseded")
    #expect(
      error?.sentence.contains("about decision \(old), and decision \(new.id) has taken its place") == true)
    try office.follow()
    #expect(try office.find(id).state == .claimed)
    try office.decide(id)
    try office.expectSound()
  }

  @Test func correctedInputsAreRatedAgain() throws {
    let (office, id) = try ClaimTests.office()
    _ = try office.claim(id)
    try office.settleQuarantine()
    guard case .recorded(let record) = try office.decide(id, Office.draft(.corrected)) else {
      Issue.record("needs no second person")
      return
    }
    #expect(record.content.outcome == .accept)
    #expect(record.content.judgement?.judgement.resolution == .corrected)
    try office.expectSound()
  }

  @Test func aPreviewWritesNothing() throws {
    let (office, id) = try ClaimTests.office()
    let version = try office.claim(id).version
    let preview = try office.desk.preview(
      id, Office.draft(outcome: .accept), expecting: version, by: Office.janis, on: office.day,
      at: office.tick())
    #expect(preview.content.outcome == .accept)
    #expect(preview.needs.isEmpty)
    #expect(try office.find(id).version == version)
    guard case .recorded(let record) = try office.decide(id) else { return }
    #expect(record.content == preview.content)
  }

  @Test func aSecondPersonIsNeededWherePolicySaysSo() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    _ = try office.claim(id)
    guard
      case .awaitsSecondPerson(let needs) = try office.decide(id, Office.draft(rating: "D", scope: .customer))
    else {
      Issue.record("three ratings need a second person")
      return
    }
    #expect(!needs.isEmpty)
    let waiting = try office.find(id)
    #expect(waiting.state == .secondPerson && waiting.holder == nil)
    #expect(waiting.proposal?.judgement.rating == "D")
    #expect(waiting.proposal?.needs == needs)
    func approve(_ actor: Actor, _ version: Int? = nil) throws -> DecisionRecord {
      try office.desk.approve(
        id, expecting: version ?? waiting.version, by: actor, on: office.day, at: office.tick())
    }
    #expect(
      office.refusal { _ = try office.claim(id, by: Office.ieva) }?.code == "review.awaits-second-person")
    #expect(
      office.refusal { try office.decide(id) }?.sentence.contains("was decided by janis and waits") == true)
    #expect(
      office.refusal { _ = try approve(Office.ieva) }?.sentence.contains("takes the role senior") == true)
    #expect(office.refusal { _ = try approve(Office.liga, 1) }?.code == "review.changed")
    #expect(
      office.refusal {
        try office.desk.sendBack(id, reason: "no", by: Office.ieva, at: office.tick())
      }?.code == "review.text-too-short")
    #expect(
      office.refusal {
        try office.desk.sendBack(id, reason: "no evidence", by: Office.ieva, at: office.tick())
      }?.code == "review.not-allowed")
    let unseen = office.refusal { _ = try approve(Office.liga) }
    #expect(unseen?.code == "review.not-opened")
    #expect(unseen?.sentence.contains("Look first: 'bonitas review show \(id)'") == true)
    try office.look(id, by: Office.liga)
    let record = try approve(Office.liga)
    #expect(record.content.judgement?.judgement.reviewer == "janis")
    #expect(record.content.judgement?.judgement.approver == "liga")
    #expect(record.content.rating == "D")
    #expect(try office.find(id).closing?.approver == "liga")
    #expect(office.refusal { _ = try approve(Office.maris) }?.code == "review.closed")
    try office.expectSound()
  }

  @Test func nobodyApprovesTheirOwn() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    _ = try office.claim(id, by: Office.liga)
    try office.decide(id, Office.draft(rating: "D", scope: .customer), by: Office.liga)
    let version = try office.find(id).version
    func approve(_ actor: Actor) throws {
      _ = try office.desk.approve(id, expecting: version, by: actor, on: office.day, at: office.tick())
    }
    let error = office.refusal { try approve(Office.liga) }
    #expect(error?.code == "review.own-proposal")
    #expect(error?.sentence.contains("You decided case \(id) yourself") == true)
    try office.look(id, by: Office.maris)
    try approve(Office.maris)
    #expect(
      office.refusal { try office.desk.sendBack(id, reason: "late", by: Office.maris, at: office.tick()) }?
        .code == "review.closed")
  }

  @Test func whatIsSentBackIsOpenAgain() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    #expect(
      office.refusal { try office.desk.sendBack(id, reason: "why", by: Office.liga, at: office.tick()) }?
        .sentence
        == "Nothing of case \(id) waits for a second person.")
    for actor in [Office.liga, Office.janis] {
      _ = try office.claim(id)
      try office.decide(id, Office.draft(rating: "D", scope: .customer))
      try office.desk.sendBack(id, reason: "no evidence", by: actor, at: office.tick())
      #expect(try office.find(id).state == .open)
      #expect(try office.find(id).proposal == nil)
    }
    try office.expectSound()
  }

  @Test func aProposalFallsWithTheDecisionUnderItAndThatIsTold() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    let basis = try #require(try office.claim(id).decision)
    try office.decide(id, Office.draft(rating: "D", scope: .customer))
    try office.look(id, by: Office.liga)
    let version = try office.find(id).version
    try office.load([
      "register-entries R1,C1,,,register,insolvency,2026-06-01,"
    ])
    let newer = try office.rate(on: try office.later(1))
    #expect(office.refusal { _ = try office.approve(id, version: version) }?.code == "review.superseded")
    try office.follow()
    let moved = try office.find(id)
    #expect(moved.state == .open && moved.proposal == nil && moved.decision == newer.id)
    let told = try #require(try office.events(id).last { $0.kind == .sentBack })
    #expect(told.actor == ReviewEvent.system)
    #expect(
      told.text == "The decision under the case has changed: \(newer.id) has taken the place of \(basis).")
    #expect(office.refusal { _ = try office.approve(id) }?.code == "review.no-proposal")
    try office.expectSound()
  }

  @Test func aProposalOutlivesAPassThatSaysTheSame() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    _ = try office.claim(id)
    try office.decide(id, Office.draft(rating: "D", scope: .customer))
    try office.look(id, by: Office.liga)
    let waiting = try office.find(id)
    let newer = try office.rate(on: try office.later(1))
    try office.follow()
    let moved = try office.find(id)
    #expect(moved.state == .secondPerson && moved.version == waiting.version)
    #expect(moved.decision == newer.id && moved.proposal?.judgement.basis == newer.id)
    try office.expectSound()
    let record = try office.approve(id, version: waiting.version)
    #expect(record.supersedes == newer.id && record.content.rating == "D")
    #expect(record.content.judgement?.judgement.basis == newer.id)
    try office.expectSound()
  }

  @Test func aClaimOutlivesAPassThatSaysTheSame() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    let version = try office.claim(id).version
    let newer = try office.rate(on: try office.later(1))
    try office.follow()
    #expect(try office.find(id).holder == "janis")
    guard
      case .recorded(let record) = try office.decide(
        id, Office.draft(.confirmed, scope: .customer), version: version)
    else {
      Issue.record("needs no second person")
      return
    }
    #expect(record.supersedes == newer.id)
    try office.expectSound()
  }

  /// What an outcome changes is as much as what the rating behind it would change.
  @Test(arguments: [(Outcome.decline, true), (.prepayment, true), (.acceptWithDeposit, false)])
  func anOutcomeFarFromThePolicysNeedsASecondPerson(outcome: Outcome, isFar: Bool) throws {
    let (office, id) = try ClaimTests.office(contested: true)
    _ = try office.claim(id)
    // Law and contest have reasons of their own, which do not depend on how far the outcome is.
    guard
      case .awaitsSecondPerson(let needs) = try office.decide(
        id, Office.draft(outcome: outcome, scope: .customer))
    else {
      Issue.record("who contests is not made worse off by one person")
      return
    }
    #expect(needs.contains("outcome-steps") == isFar, "\(needs)")
  }

  @Test func whatSomebodyHasSeenIsWhatTheyOpened() throws {
    let (office, id) = try ClaimTests.office()
    func seen() throws -> Int? {
      try office.store.read { reader throws(ReviewError) in
        try ReviewStore.versionSeen(id, by: Office.janis, in: reader.sql)
      }
    }
    #expect(try seen() == nil)
    let claimed = try office.claim(id).version
    #expect(try seen() == claimed)
    // What they do themselves they have seen, but not what came before it.
    try office.desk.note(id, "Called.", by: Office.janis, at: office.tick())
    #expect(try seen() == claimed + 1)
    try office.desk.note(id, "He has paid.", by: Office.dora, at: office.tick())
    try office.desk.note(id, "Called again.", by: Office.janis, at: office.tick())
    #expect(try seen() == claimed + 1)
    let error = office.refusal { try office.decide(id, version: claimed + 1) }
    #expect(error?.sentence.contains("dora wrote a note") == true)
    try office.look(id, by: Office.janis)
    #expect(try seen() == claimed + 3)
    try office.decide(id, version: claimed + 3)
  }

  @Test func aCorrectionThatCorrectsNothingIsNone() throws {
    let (office, id) = try ClaimTests.office()
    _ = try office.claim(id)
    try office.desk.corrected(
      id, [["file": "known.csv", "stored": 0, "corrected": 0]], by: Office.janis, at: office.tick())
    #expect(
      office.refusal { try office.decide(id, Office.draft(.corrected)) }?.code == "review.nothing-corrected")
    // A day that has passed is no news, a payment is.
    office.day = try office.later(1)
    #expect(
      office.refusal { try office.decide(id, Office.draft(.corrected)) }?.code == "review.nothing-corrected")
    _ = office.tick(minutes: 1)
    try office.load(["payments P1-2,C1,2026-06-20,5,EUR,"])
    #expect(office.refusal { try office.decide(id, Office.draft(.corrected)) }?.code == "review.refers")
  }

  @Test func whoHasDecidedAboutTheCustomerNeedsASecondPerson() throws {
    let office = try Office()
    let first = try office.refer("C1", order: "O1")
    let second = try office.rate("C1", order: "O2")
    try office.follow()
    for (record, isFirst) in [(first, true), (second, false)] {
      let id = CaseID(.referral, record.id.number)
      _ = try office.claim(id)
      guard case .recorded = try office.decide(id) else {
        #expect(!isFirst)
        continue
      }
      #expect(isFirst)
    }
  }

  @Test func whoActivatedTheRulesDoesNotReview() throws {
    let (office, id) = try ClaimTests.office()
    let rules = try Office.rules.get()
    try office.store.write(actor: "janis", at: office.tick(), purpose: "rules activate") {
      transaction throws(ActivationError) in
      _ = try ActivationStore.activate(
        rules, from: office.day, today: office.day, sequence: transaction.sequence, audit: Office.audit,
        in: transaction.sql)
    }
    let error = office.refusal { _ = try office.claim(id) }
    #expect(error?.code == "review.activated-policy")
    #expect(error?.sentence.contains("You put rule set \(rules.version.short) in force") == true)
    #expect(try office.desk.claimNext(kinds: [.referral], by: Office.janis, at: office.tick()) == nil)
    #expect(try office.claim(id, by: Office.ieva).holder == "ieva")
  }
}
