import DebtManagement
import Safeguards

/// What a run of days came to, in numbers.
struct DebtTally: Sendable {
  /// Customers that were looked at, over all days.
  var looked = 0
  /// Steps that were proposed and taken to the outbox or to a person, by step.
  var taken: [String: Int] = [:]
  /// Steps that the policy proposed and the law stopped, by the rule and the bar or clock.
  var stopped: [String: Int] = [:]
  /// Actions that were refused when a plan was applied, by code.
  var refused: [String: Int] = [:]
  /// Restrictions taken back, by whether they had left.
  var relief = 0, withdrawn = 0, wrongful = 0
  /// Facts stored.
  var facts = 0
  /// What went wrong.
  var failures: [String] = []

  mutating func merge(_ other: DebtTally) {
    looked += other.looked
    facts += other.facts
    relief += other.relief
    withdrawn += other.withdrawn
    wrongful += other.wrongful
    taken.merge(other.taken) { $0 + $1 }
    stopped.merge(other.stopped) { $0 + $1 }
    refused.merge(other.refused) { $0 + $1 }
    failures += other.failures
  }

  /// Notes what the law has against a step.
  mutating func stop(_ report: SafeguardReport) {
    for bar in report.standing { stopped["\(bar.rule) \(bar.code.rawValue)", default: 0] += 1 }
    for clock in report.clocks where clock.kind != .noticeClock {
      let runs =
        clock.earliest.map { $0 > report.request.on && clock.season?.contains(report.request.on) != false }
        ?? true
      if runs { stopped["\(clock.rule) \(clock.kind.rawValue)", default: 0] += 1 }
    }
  }
}
