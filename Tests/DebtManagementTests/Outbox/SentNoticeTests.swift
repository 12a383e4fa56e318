import DebtManagement
import Facts
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Notices that have left are facts.
@Suite struct SentNoticeTests {
  private let house: OutboxHouse
  private let make: EffectMaker

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
  }

  @Test func aSentLetterIsANoticeWithItsProofOfSending() throws {
    let letter = try make.letter()
    guard case .letter(let sent) = letter.kind else {
      Issue.record("no letter")
      return
    }
    try house.append([letter])
    // 23:30 in Riga on 2 March, which is 21:30 UTC.
    house.pass(seconds: 13 * 3600 + 1800)
    _ = try house.sender(Recorder().destination).run()
    let facts = try house.facts()
    let notice = try #require(facts.debtNotices.first)
    #expect(facts.debtNotices.count == 1)
    #expect(notice.provenance.source == "bonitas")
    #expect(notice.fact.id == letter.id)
    #expect(notice.fact.type == .debtNotice)
    #expect(notice.fact.contract == "L-22")
    #expect(notice.fact.invoice == "R-2201")
    #expect(notice.fact.sent == (try LetterSamples.day(2026, 3, 2)))
    #expect(notice.fact.deadline == sent.deadline)
    #expect(notice.fact.amount == Money(1210, .eur))
    #expect(notice.fact.principal == 1200)
    #expect(notice.fact.costs == 7)
    #expect(notice.fact.addressKind == .contract)
    #expect(notice.fact.contentHash == SHA256.hash(sent.letter.text))
    #expect(notice.fact.template == "debtNotice-lv-1")
    #expect(notice.fact.language == .latvian)
    let delivery = try #require(facts.noticeDeliveries.first)
    #expect(facts.noticeDeliveries.count == 1)
    #expect(delivery.fact.notice == letter.id)
    #expect(delivery.fact.event == .sent)
    #expect(delivery.fact.date == notice.fact.sent)
    #expect(try house.isAuditSound())
  }

  @Test func whatHasNotLeftIsNoFact() throws {
    let letter = try make.letter()
    try house.append([letter])
    for outcome in [
      DeliveryOutcome.refused(code: "status-400"), .later(code: "status-500", afterSeconds: nil),
    ] {
      if try house.effect(letter.id).state == .failed { try house.set(.pending, letter.id) }
      _ = try house.sender(Recorder { _ in outcome }.destination).run()
      #expect(try house.facts().debtNotices.isEmpty)
    }
  }

  @Test func requestsAreNoNotices() throws {
    try house.append([make.request()])
    _ = try house.sender(Recorder().destination).run()
    #expect(try house.facts().debtNotices.isEmpty)
  }

  /// The clocks of the law run from the first sending; a copy that is sent later does not move them.
  @Test func sendingAgainSaysNothingNew() throws {
    let letter = try make.letter()
    try house.append([letter])
    let recorder = Recorder()
    let sender = house.sender(recorder.destination)
    _ = try sender.run()
    house.pass(seconds: 5 * 86_400)
    try house.set(.pending, letter.id)
    #expect(try sender.run().sent == [letter.id])
    #expect(recorder.ids == [letter.id, letter.id])
    #expect(recorder.all[0].body == recorder.all[1].body)
    let facts = try house.facts()
    #expect(facts.debtNotices.map(\.fact.sent) == [try LetterSamples.day(2026, 3, 2)])
    #expect(facts.noticeDeliveries.count == 1)
  }
}
