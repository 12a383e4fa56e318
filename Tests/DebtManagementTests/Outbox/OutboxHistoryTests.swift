import DebtManagement
import Facts
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Random histories: whatever endpoint, people and payments do, the same things hold.
@Suite struct OutboxHistoryTests {
  @Test(arguments: 0..<Effort.times(4))
  func whateverHappensNothingOvertakesAndNothingIsLost(seed: Int) throws {
    var chance = SeededGenerator(seed: UInt64(seed))
    let house = try OutboxHouse()
    // What the endpoint answers next is drawn before each run.
    let answers = Mutex<[DeliveryOutcome]>([])
    let recorder = Recorder { _ in answers.withLock { $0.popLast() ?? .delivered } }
    var guards = OutboxGuards.open
    guards.refusal = { bytes, _ in bytes == Array("good".utf8) ? nil : "digest" }
    let sender = house.sender(recorder.destination, guards: guards, batch: 1 + chance.number(below: 4))
    var made: [Effect] = []
    for number in 0..<40 {
      var maker = EffectMaker(customer: house.customer)
      maker.run = "run-\(number)"
      maker.contract = "L-\(chance.number(below: 3))"
      let effect =
        switch chance.number(below: 6) {
        case 0: maker.request(certificate: "good")
        case 1: maker.request(certificate: "bad")
        case 2: maker.request(.release, certificate: nil)
        default: try maker.letter(.reminder, .reminder)
        }
      made.append(effect)
      try house.append([effect])
      if chance.number(below: 4) == 0 { try house.append([made[chance.number(below: made.count)]]) }
      if chance.number(below: 5) == 0 {
        let some = made[chance.number(below: made.count)].id
        let state = try house.effect(some).state
        if state.isOpen { try house.set(chance.number(below: 2) == 0 ? .withdrawn : .held, some) }
      }
      let kinds: [DeliveryOutcome] = [
        .delivered, .later(code: "status-503", afterSeconds: 5), .unreachable(code: "deadline"),
        .refused(code: "status-400"), .delivered,
      ]
      answers.withLock { [pick = (0..<4).map { _ in kinds[chance.number(below: kinds.count)] }] in $0 = pick }
      _ = try sender.run()
      house.pass(seconds: chance.number(below: 30))
    }
    // In the end the endpoint is well, and people let go what was held or refused.
    answers.withLock { $0 = [] }
    for effect in made where [.held, .failed].contains(try house.effect(effect.id).state) {
      if effect.step.isRestriction { continue }
      try house.set(.pending, effect.id)
    }
    for effect in made where effect.step.isRestriction {
      if try house.effect(effect.id).state.isOpen { try house.set(.withdrawn, effect.id) }
    }
    for _ in 0..<30 {
      house.pass(seconds: 3600)
      _ = try sender.run()
    }
    let sent = recorder.ids
    for effect in made {
      let stored = try house.effect(effect.id)
      // Nothing is lost: all has left or was withdrawn.
      #expect([.sent, .withdrawn].contains(stored.state), "\(stored)")
      #expect(try house.events(effect.id).filter { $0 == .sent }.count == (stored.state == .sent ? 1 : 0))
      // Nothing leaves without an accepted certificate, and nothing that leaves was never stored.
      if effect.step.isRestriction, sent.contains(effect.id) {
        guard case .operatorRequest(let request) = effect.kind else { continue }
        #expect(request.certificate == Array("good".utf8))
      }
    }
    #expect(Set(sent).isSubset(of: Set(made.map(\.id))))
    // In the order of each contract, as they arrived last; those that give something back may come before.
    for contract in Set(made.map(\.contract)) {
      let line = made.filter { $0.contract == contract && !$0.isRelief }.map(\.id)
      let last = line.filter { sent.contains($0) }.map { id in sent.lastIndex(of: id) ?? 0 }
      #expect(last == last.sorted())
      // No restriction leaves after a release that was stored behind it.
      for (place, effect) in made.enumerated() where effect.contract == contract && effect.isRelief {
        // People may withdraw one, too.
        guard let first = sent.firstIndex(of: effect.id) else { continue }
        for earlier in made[..<place] where earlier.contract == contract && earlier.step.isRestriction {
          #expect((sent.lastIndex(of: earlier.id) ?? -1) < first)
        }
      }
    }
    #expect(try house.isAuditSound())
  }
}
