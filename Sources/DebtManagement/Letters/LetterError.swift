public import Facts
public import Formats
public import Values

/// Why a letter was not written: none goes out with a hole in it.
public enum LetterError: Error, Hashable, Sendable {
  /// The letters of the rule set are not complete.
  case rules([JSONFinding])
  /// The letter is not meant for such a customer.
  case notFor(DebtNotice.NoticeType, LetterCircumstances)
  /// There is no creditor for the country and claimant.
  case noCreditor(LetterCircumstances)
  /// Something that the letter has to say is not known.
  case missing(DebtNotice.NoticeType, field: String)
  /// An amount is negative, has fractions of a cent, or is in another currency than the debt.
  case amount(field: String, Money)
  /// The instalments do not come to the debt.
  case instalments(sum: Decimal, total: Decimal)
  /// The letter asks for something on a day before it is written.
  case dayPassed(field: String, CivilDate)

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .rules: "letter.rules"
    case .notFor: "letter.not-for"
    case .noCreditor: "letter.no-creditor"
    case .missing: "letter.missing"
    case .amount: "letter.amount"
    case .instalments: "letter.instalments"
    case .dayPassed: "letter.day-passed"
    }
  }
}
