public import Formats
public import Values

/// Why law data or calendars are refused; nothing is lawful under data that were.
public enum SafeguardsError: Error, Hashable, Sendable {
  /// A file is no JSON.
  case json(path: String, JSONError)
  /// A member of a file is missing, unknown or of another form; the place is a JSON pointer (RFC 6901).
  case data(path: String, place: String, fault: String)
  /// Between two versions of one rule there are days of which neither speaks.
  case gap(path: String, place: String, rule: String, from: CivilDate, until: CivilDate)
  /// Two versions of one rule hold on the same day.
  case overlap(path: String, place: String, rule: String, on: CivilDate)
  /// Two files are about one country.
  case twice(path: String, jurisdiction: String)

  /// The stable code.
  public var code: String {
    switch self {
    case .json(_, let error): error.code
    case .data: "debt-law-data"
    case .gap: "debt-law-gap"
    case .overlap: "debt-law-overlap"
    case .twice: "debt-law-twice"
    }
  }
}
