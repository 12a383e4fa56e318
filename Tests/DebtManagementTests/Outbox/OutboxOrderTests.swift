import FactStore
import Facts
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

@testable import DebtManagement

/// What leaves, when, and in which order.
@Suite struct OutboxOrderTests {
  private let house: OutboxHouse
  private let make: EffectMaker

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
  }

  @Test func aRunThatIsAppliedTwiceHasEachEffectOnce() throws {
    let effects = [try make.letter(), make.request()]
    #expect(try house.append(effects) == effects.map(\.id))
    #expect(try house.append(effects) == [])
    #expect(try house.list() == effects.map(\.id))
    let recorder = Recorder()
    _ = try house.sender(recorder.destination).run()
    #expect(try house.append(effects) == [])
    #expect(try house.sender(recorder.destination).run() == OutboxSender.Report())
    #expect(recorder.ids == effects.map(\.id))
    #expect(try house.effect(effects[0].id).effect == effects[0])
    #expect(try house.effect(effects[1].id).effect == effects[1])
    #expect(try house.isAuditSound())
  }

  @Test func anEffectThatSaysSomethingElseUnderTheSameIdIsRefused() throws {
    try house.append([make.request()])
    let other = make.request(certificate: "{\"other\":true}")
    #expect(throws: OutboxError.contradiction(id: other.id)) { try house.append([other]) }
  }

  @Test func idsTellRunsCustomersContractsAndStepsApart() {
    let ids = [
      Effect.id(run: "a", customerKey: 1, contract: "b", step: .release, currency: .eur),
      Effect.id(run: "ab", customerKey: 1, contract: "", step: .release, currency: .eur),
      Effect.id(run: "a", customerKey: 11, contract: "b", step: .release, currency: .eur),
      Effect.id(run: "a", customerKey: 1, contract: "b", step: .withdrawal, currency: .eur),
    ]
    #expect(Set(ids).count == ids.count)
    #expect(Effect.id(run: "a", customerKey: 1, contract: "b", step: .release, currency: .eur) == ids[0])
  }

  @Test func nothingOvertakesWithinAContract() throws {
    let notice = try make.letter()
    let warning = try make.letter(.restrictionWarning, .restrictionWarning)
    var elsewhere = make
    elsewhere.contract = "L-23"
    let other = try elsewhere.letter()
    try house.append([notice, warning, other])
    let isRefusing = Mutex(true)
    let recorder = Recorder { event in
      event.id == notice.id && isRefusing.withLock { $0 } ? .refused(code: "status-400") : .delivered
    }
    let report = try house.sender(recorder.destination).run()
    #expect(report.sent == [other.id])
    #expect(report.failed == [notice.id: "status-400"])
    #expect(try house.effect(notice.id).obstacle == "status-400")
    // A person mends it: then both go, in their order.
    isRefusing.withLock { $0 = false }
    try house.set(.pending, notice.id)
    #expect(try house.sender(recorder.destination).run().sent == [notice.id, warning.id])
    #expect(try house.events(notice.id) == [.failed, .pending, .sent])
  }

  @Test func whatIsHeldBackHoldsBackWhatFollows() throws {
    let effects = [try make.letter(), try make.letter(.restrictionWarning, .restrictionWarning)]
    try house.append(effects)
    try house.set(.held, effects[0].id)
    let recorder = Recorder()
    #expect(try house.sender(recorder.destination).run().sent == [])
    try house.set(.withdrawn, effects[0].id)
    #expect(try house.sender(recorder.destination).run().sent == [effects[1].id])
    #expect(throws: OutboxError.self) { try house.set(.held, effects[1].id) }
    try house.set(.confirmed, effects[1].id)
    #expect(try house.effect(effects[1].id).state == .confirmed)
  }

  @Test func reliefWithdrawsRestrictionsThatHaveNotLeftAndWaitsForNoLetter() throws {
    let warning = try make.letter(.restrictionWarning, .restrictionWarning)
    let request = make.request()
    try house.append([warning, request])
    try house.set(.held, warning.id)
    let release = make.request(.release, certificate: nil)
    try house.append([release])
    #expect(try house.effect(request.id).state == .withdrawn)
    let recorder = Recorder()
    #expect(try house.sender(recorder.destination).run().sent == [release.id])
    #expect(try house.effect(warning.id).state == .held)
    #expect(try house.isAuditSound())
  }

  /// A payment arrives while the request is on its way: the withdrawal must not arrive before it.
  @Test func reliefDoesNotOvertakeARequestThatIsBeingSent() throws {
    let request = make.request()
    let withdrawal = make.request(.withdrawal, certificate: nil)
    try house.append([request])
    let recorder = Recorder()
    let inner = Mutex<[String]>(["not run"])
    let house = house
    let outer = Recorder { _ in
      do {
        try house.append([withdrawal])
        let sent = try house.sender(recorder.destination).run().sent
        inner.withLock { $0 = sent }
      } catch {
        inner.withLock { $0 = ["\(error)"] }
      }
      return .delivered
    }
    #expect(try house.sender(outer.destination, batch: 1).run().sent == [request.id, withdrawal.id])
    #expect(inner.withLock { $0 } == [])
    #expect(outer.ids == [request.id, withdrawal.id])
    // It had left although it was withdrawn meanwhile, and is known to have.
    #expect(try house.events(request.id) == [.withdrawn, .sent])
  }

  @Test func aRunIsTakenBackAsFarAsNothingHasLeft() throws {
    var other = make
    other.contract = "L-23"
    let (sent, waiting) = (try make.letter(), try other.letter())
    try house.append([sent, waiting])
    let recorder = Recorder {
      $0.id == waiting.id ? .later(code: "status-503", afterSeconds: nil) : .delivered
    }
    _ = try house.sender(recorder.destination).run()
    let untouched = try make.letter(.planOffer, .planOffer)
    try house.append([untouched])
    let outcome = try house.store.write(
      actor: "person", at: house.instant, purpose: "debt-management"
    ) { write throws(OutboxError) in
      let outcome = try OutboxStore.revert(run: "run-1", in: write, audit: house.audit)
      return [outcome.reverted, outcome.left]
    }
    #expect(outcome == [[untouched.id], [sent.id, waiting.id]])
    #expect(try house.effect(untouched.id).state == .reverted)
    func standing(_ effect: Effect) throws -> EffectStanding {
      let customer = house.customer
      let all = try house.store.read { reader throws(OutboxError) in
        try OutboxStore.standings(of: customer, in: reader.sql)
      }
      let found = all.first { $0.id == effect.id }
      return try #require(found)
    }
    #expect(try standing(untouched).progress == .void)
    #expect(try standing(waiting).progress == .waiting)
    #expect(try standing(sent).progress == .left)
    #expect(try standing(sent).on == (try LetterSamples.day(2026, 3, 2)))
    #expect(try standing(sent).invoices == sent.invoices && standing(sent).contract == sent.contract)
    // It may have arrived, so it counts as left although it was withdrawn.
    try house.set(.withdrawn, waiting.id)
    #expect(try standing(waiting).progress == .left)
  }

  @Test func waitsGrowAndTheOtherSidesPatienceIsHeeded() throws {
    let letter = try make.letter()
    try house.append([letter])
    let waits = Mutex<Int?>(nil)
    let recorder = Recorder { _ in .later(code: "status-503", afterSeconds: waits.withLock { $0 }) }
    let sender = house.sender(recorder.destination)
    for wait in [10, 20, 40] {
      #expect(try sender.run().delayed == [letter.id: "status-503"])
      house.pass(seconds: wait - 1)
      #expect(try sender.run() == OutboxSender.Report())
      house.pass(seconds: 1)
    }
    waits.withLock { $0 = 900 }
    _ = try sender.run()
    let next = try house.effect(letter.id).next
    #expect(next.microseconds - house.instant.microseconds == 900_000_000)
    #expect(try house.effect(letter.id).attempts == 4)
  }

  @Test func anEndpointThatIsDownIsAskedOnce() throws {
    var effects: [Effect] = []
    for number in 0..<5 {
      var maker = make
      maker.contract = "L-\(number)"
      effects.append(try maker.letter())
    }
    try house.append(effects)
    let isDown = Mutex(true)
    let recorder = Recorder { _ in
      isDown.withLock { $0 } ? .unreachable(code: "cannot-connect") : .delivered
    }
    #expect(try house.sender(recorder.destination).run().delayed == [effects[0].id: "cannot-connect"])
    #expect(recorder.ids == [effects[0].id])
    // Those that were not tried count no try.
    #expect(try house.effect(effects[1].id).attempts == 0)
    isDown.withLock { $0 = false }
    house.pass(seconds: 10)
    #expect(try house.sender(recorder.destination).run().sent == effects.map(\.id))
  }
}
