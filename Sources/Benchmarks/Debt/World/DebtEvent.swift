import Facts
import Values

/// Something that becomes known on a day: a fact and when it is told.
struct DebtEvent: Sendable {
  /// The hour of a day at which facts come in.
  enum Hour: Int, CaseIterable, Sendable {
    case morning = 8
    /// A plan has been made, and not been applied.
    case afterPlan = 10
    /// A plan has been applied, and nothing sent of it.
    case beforeSending = 12
    case evening = 17
  }

  var day: CivilDate
  var hour = Hour.morning
  var fact: Fact
  var customer: String
  /// Whether somebody has to look at the customer's debt that day: a bill in time is nothing to look at.
  var matters = true
  /// The restriction request that the event answers, and its day: it does not happen where that was withdrawn by then.
  var answers: (request: String, on: CivilDate)?
}
