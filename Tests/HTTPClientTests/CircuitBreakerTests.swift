import HTTPClient
import TestSupport
import Testing

@Suite struct CircuitBreakerTests {
  private static let settings = CircuitBreaker.Settings(
    failures: 3, windowMilliseconds: 1_000, openMilliseconds: 500)
  private static func at(_ milliseconds: Int) -> MonotonicTime {
    MonotonicTime(nanoseconds: 1_000_000_000_000).adding(milliseconds: milliseconds)
  }

  /// Lets one caller through and reports; whether it was let through.
  @discardableResult
  private func call(
    _ breaker: inout CircuitBreaker, _ outcome: CircuitBreaker.Outcome, at milliseconds: Int
  ) -> Bool {
    guard let admission = breaker.admit(at: Self.at(milliseconds)) else { return false }
    breaker.record(outcome, of: admission, at: Self.at(milliseconds))
    return true
  }

  @Test func opensAfterSoManyFailuresWithinTheWindow() {
    var breaker = CircuitBreaker(Self.settings)
    for moment in [0, 600, 1_200, 1_800, 2_400] { #expect(call(&breaker, .failure, at: moment)) }
    #expect(breaker.state(at: Self.at(2_400)) == .closed, "never three within a second")
    #expect(call(&breaker, .failure, at: 2_500))
    #expect(breaker.state(at: Self.at(2_500)) == .open)
    #expect(!call(&breaker, .success, at: 2_999))
  }

  @Test func successesAndTheUndecidedDoNotOpenIt() {
    var breaker = CircuitBreaker(Self.settings)
    for moment in 0..<100 { #expect(call(&breaker, moment % 2 == 0 ? .success : .undecided, at: moment)) }
    #expect(breaker.state(at: Self.at(100)) == .closed)
  }

  @Test func letsOneThroughAfterAWhileAndClosesWhenThatGoesWell() throws {
    var breaker = opened()
    #expect(breaker.state(at: Self.at(500)) == .halfOpen)
    let admitted = breaker.admit(at: Self.at(500))
    let probe = try #require(admitted)
    #expect(breaker.admit(at: Self.at(501)) == nil, "only one at a time")
    breaker.record(.success, of: probe, at: Self.at(600))
    #expect(breaker.state(at: Self.at(600)) == .closed)
    #expect(call(&breaker, .failure, at: 601))
    #expect(breaker.state(at: Self.at(601)) == .closed, "the failures of before are forgotten")
  }

  @Test func opensAgainWhenTheProbeFails() {
    var breaker = opened()
    #expect(call(&breaker, .failure, at: 700))
    #expect(breaker.state(at: Self.at(1_199)) == .open)
    #expect(breaker.state(at: Self.at(1_200)) == .halfOpen)
  }

  @Test func anUndecidedProbeLeavesTheNextOneToTry() {
    var breaker = opened()
    #expect(call(&breaker, .undecided, at: 500))
    #expect(call(&breaker, .success, at: 500))
    #expect(breaker.state(at: Self.at(500)) == .closed)
  }

  @Test func aProbeThatNeverReportsIsNotWaitedForForEver() {
    var breaker = opened()
    #expect(breaker.admit(at: Self.at(500)) != nil)
    #expect(breaker.admit(at: Self.at(999)) == nil)
    #expect(breaker.admit(at: Self.at(1_000)) != nil)
  }

  @Test func whoWasAdmittedBeforeCountsNoMore() throws {
    var breaker = CircuitBreaker(Self.settings)
    let first = breaker.admit(at: Self.at(0))
    let early = try #require(first)
    for moment in 1...3 { call(&breaker, .failure, at: moment) }
    breaker.record(.success, of: early, at: Self.at(10))
    #expect(breaker.state(at: Self.at(10)) == .open)
    let second = breaker.admit(at: Self.at(503))
    let probe = try #require(second)
    breaker.record(.failure, of: early, at: Self.at(504))
    breaker.record(.success, of: probe, at: Self.at(505))
    breaker.record(.failure, of: probe, at: Self.at(506))
    #expect(breaker.state(at: Self.at(506)) == .closed, "a probe reports once")
  }

  /// Whatever happens: while it is open nobody passes, and while it is half-open one at a time.
  @Test(arguments: 0..<20) func keepsItsPromisesWhateverHappens(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var breaker = CircuitBreaker(Self.settings)
    var pending: [CircuitBreaker.Admission] = []
    var moment = 0
    for _ in 0..<2_000 {
      moment += generator.number(below: 40)
      let now = Self.at(moment)
      let before = breaker.state(at: now)
      if generator.number(below: 2) == 0 {
        let admission = breaker.admit(at: now)
        switch before {
        case .closed: #expect(admission != nil)
        case .open: #expect(admission == nil)
        case .halfOpen: if admission != nil { #expect(breaker.admit(at: now) == nil) }
        }
        if let admission { pending.append(admission) }
      } else if !pending.isEmpty {
        let admission = pending.remove(at: generator.number(below: pending.count))
        let outcomes: [CircuitBreaker.Outcome] = [.success, .failure, .failure, .undecided]
        breaker.record(outcomes[generator.number(below: 4)], of: admission, at: now)
        if before == .open { #expect(breaker.state(at: now) == .open) }
      }
    }
  }

  private func opened() -> CircuitBreaker {
    var breaker = CircuitBreaker(Self.settings)
    for _ in 0..<3 { call(&breaker, .failure, at: 0) }
    return breaker
  }
}
