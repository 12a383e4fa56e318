import DebtManagement
import FactStore
import Facts
import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing
import Values

/// What is asked before an effect leaves.
@Suite struct OutboxGuardTests {
  private let house: OutboxHouse
  private let make: EffectMaker

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
  }

  private static let restrictions: [LadderStep] = [.disconnectionRequest, .powerLimit, .contractTermination]

  @Test(arguments: restrictions)
  func aRestrictionWithoutCertificateNeverLeaves(step: LadderStep) throws {
    let request = make.request(step, certificate: nil)
    try house.append([request])
    let recorder = Recorder()
    let sender = house.sender(recorder.destination)
    #expect(try sender.run().failed == [request.id: "certificate-missing"])
    // Not when it is tried again either.
    try house.set(.pending, request.id)
    house.pass(seconds: 86_400)
    #expect(try sender.run().failed == [request.id: "certificate-missing"])
    #expect(recorder.ids == [])
    #expect(try house.isAuditSound())
  }

  /// A restriction in the clothes of a letter has no certificate.
  @Test func aRestrictionThatIsALetterNeverLeaves() throws {
    let letter = try make.letter(.contractTermination, .terminationNotice)
    try house.append([letter])
    let recorder = Recorder()
    #expect(try house.sender(recorder.destination).run().failed == [letter.id: "certificate-missing"])
    #expect(recorder.ids == [])
  }

  @Test(arguments: restrictions)
  func aRestrictionWhoseCertificateIsNotAcceptedNeverLeaves(step: LadderStep) throws {
    let request = make.request(step, certificate: "{\"good\":false}")
    try house.append([request])
    let recorder = Recorder()
    var guards = OutboxGuards.open
    guards.refusal = { bytes, effect in
      bytes == Array("{\"good\":true}".utf8) && effect.contract == "L-22" ? nil : "digest"
    }
    let report = try house.sender(recorder.destination, guards: guards).run()
    #expect(report.failed == [request.id: "certificate-refused:digest"])
    #expect(recorder.ids == [])
    #expect(try house.events(request.id) == [.failed])
  }

  @Test func aRestrictionWaitsUntilEveryChangeOfTheCustomerIsSeen() throws {
    let request = make.request()
    try house.append([request])
    let recorder = Recorder()
    let cursor = Mutex(0)
    var guards = OutboxGuards.open
    guards.hasSeenAll = { key, reader throws(OutboxError) in
      let last = try OutboxError.wrapping { () throws(SQLiteError) in try reader.lastChange(of: key) }
      return last <= cursor.withLock { $0 }
    }
    let sender = house.sender(recorder.destination, guards: guards)
    for _ in 0..<3 {
      #expect(try sender.run().delayed == [request.id: "unseen-change"])
      house.pass(seconds: 1)
    }
    #expect(recorder.ids == [])
    #expect(try house.effect(request.id).attempts == 0)
    cursor.withLock { $0 = 1_000 }
    #expect(try sender.run().sent == [request.id])
  }

  /// A notice is not a restriction: it does not wait for the feed, which it moves itself.
  @Test func lettersDoNotWaitForTheFeed() throws {
    let letter = try make.letter()
    try house.append([letter])
    var guards = OutboxGuards.open
    guards.hasSeenAll = { _, _ in false }
    #expect(try house.sender(Recorder().destination, guards: guards).run().sent == [letter.id])
  }

  @Test func whatIsNotLawfulAnyMoreIsWithdrawnAndNeverLeaves() throws {
    let request = make.request()
    let letter = try make.letter(.planOffer, .planOffer)
    try house.append([request, letter])
    let recorder = Recorder()
    var guards = OutboxGuards.open
    guards.obstacle = { effect, _, _ in effect.step.isRestriction ? "paid" : nil }
    let sender = house.sender(recorder.destination, guards: guards)
    let report = try sender.run()
    #expect(report.withdrawn == [request.id: "paid"])
    // What follows is not held up.
    #expect(report.sent == [letter.id])
    #expect(throws: OutboxError.self) { try house.set(.pending, request.id) }
    #expect(recorder.ids == [letter.id])
  }

  @Test func reliefIsAskedNothing() throws {
    let release = make.request(.release, certificate: nil)
    try house.append([release])
    let guards = OutboxGuards(
      refusal: { _, _ in "no" }, hasSeenAll: { _, _ in false }, obstacle: { _, _, _ in "no" },
      mayContact: { _, _ in false })
    #expect(try house.sender(Recorder().destination, guards: guards).run().sent == [release.id])
  }

  @Test(arguments: [
    (DebtNotice.Channel.email, true), (.sms, true), (.phone, true), (.letter, false),
    (.registeredLetter, false), (.portal, false),
  ])
  func contactHoursAreRespected(channel: DebtNotice.Channel, waits: Bool) throws {
    let letter = try make.letter(.reminder, .reminder, channel)
    try house.append([letter])
    let opening = Instant(microseconds: house.instant.microseconds + 3600 * 1_000_000)
    var guards = OutboxGuards.open
    guards.mayContact = { _, now in now >= opening }
    let sender = house.sender(Recorder().destination, guards: guards)
    let report = try sender.run()
    #expect(report.delayed == (waits ? [letter.id: "contact-hours"] : [:]))
    #expect(report.sent == (waits ? [] : [letter.id]))
    house.pass(seconds: 3600)
    #expect(try sender.run().sent == (waits ? [letter.id] : []))
  }

  /// The deadline is 2026-03-20, eighteen days after the clock of the house.
  @Test(arguments: [(18, true), (19, false)])
  func nobodyIsAskedToPayByADayThatIsOver(days: Int, leaves: Bool) throws {
    let letter = try make.letter()
    try house.append([letter])
    house.pass(seconds: days * 86_400)
    let report = try house.sender(Recorder().destination).run()
    #expect(report.sent == (leaves ? [letter.id] : []))
    #expect(report.withdrawn == (leaves ? [:] : [letter.id: "deadline-passed"]))
  }

  /// The question is asked in the write that lets the effect go: a payment is before it or after it, never between.
  @Test func guardsSeeTheNewestFacts() throws {
    let request = make.request()
    try house.append([request])
    let day = try LetterSamples.day(2026, 3, 1)
    try house.store.write(actor: "test", at: house.instant, purpose: "test") { write throws(StoreError) in
      let batch = try write.openBatch(
        BatchDescription(source: "test", file: nil, digest: nil, layout: "test", knownFrom: write.at))
      _ = try write.store(
        .payment(
          Payment(id: "P-1", customer: .number("CAST-22"), date: day, amount: Money(1210, .eur))),
        in: batch, line: nil)
    }
    var guards = OutboxGuards.open
    guards.obstacle = { effect, reader, now throws(OutboxError) in
      do throws(StoreError) {
        let facts = try reader.facts(of: effect.customerKey, asOf: AsOf(businessDate: day, knownAt: now))
        return facts.payments.isEmpty ? nil : "paid"
      } catch {
        throw .facts(error)
      }
    }
    let report = try house.sender(Recorder().destination, guards: guards).run()
    #expect(report.withdrawn == [request.id: "paid"])
  }
}
