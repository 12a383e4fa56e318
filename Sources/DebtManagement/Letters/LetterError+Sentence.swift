import Facts
import Formats

extension LetterError {
  /// Says what is wrong and how to mend it.
  public var sentence: String {
    switch self {
    case .rules(let findings):
      "the letters of the rule set are not complete: "
        + findings.prefix(3).map(\.sentence).joined(separator: " ")
        + (findings.count > 3 ? " And \(findings.count - 3) more: run `bonitas rules check`." : "")
    case .notFor(let type, let circumstances):
      "the letter \(type.rawValue) is not written for: \(circumstances.words); \(LetterStructure.path) says for whom it is."
    case .noCreditor(let circumstances):
      "\(Creditor.path) has no entry for \(circumstances.jurisdiction.code) and \(circumstances.claimant.rawValue); add one."
    case .missing(let type, let field):
      "the letter \(type.rawValue) has to name {\(field)}, which is not known; enter the fact that it comes from."
    case .amount(let field, let money):
      "{\(field)} is \(money); amounts in letters are not negative, have two decimals at most, and one currency."
    case .instalments(let sum, let total):
      "the instalments come to \(sum), and the debt is \(total); make them the same."
    case .dayPassed(let field, let day):
      "{\(field)} is \(day), which is before the day of the letter; plan it anew."
    }
  }
}
