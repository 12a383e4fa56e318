public import Formats

/// Why a file cannot be taken for a plan.
public enum DebtPlanError: Error, Hashable, Sendable {
  /// It is no JSON.
  case notJSON(JSONError)
  /// It is no plan, or one of another form.
  case notAPlan
  /// It is not what `debt plan` wrote: its digest is another.
  case edited

  /// The stable code.
  public var code: String {
    switch self {
    case .notJSON(let error): error.code
    case .notAPlan: "not-a-plan"
    case .edited: "plan-edited"
    }
  }

  /// The error in words: what, and how to mend it.
  public var sentence: String {
    switch self {
    case .notJSON(let error): "The plan is no JSON: \(error.sentence)"
    case .notAPlan: "The file is no plan of this program. 'bonitas debt plan --output FILE' writes one."
    case .edited:
      "The plan was changed after it was written, so nothing of it is done. Make a new one with 'bonitas debt plan'; what must not happen is kept from it by 'bonitas debt hold'."
    }
  }
}
