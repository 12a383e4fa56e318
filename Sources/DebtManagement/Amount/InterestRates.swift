public import Decisioning
import Facts
import Formats
public import Values

/// The rates of statutory interest, as `debt` of `rules/law/*.json` has them: of the kind `interest`.
///
/// Read here by itself and without judgement: whether the data are whole is checked by Safeguards, which share nothing
/// with the claims that they check. What cannot be read bears no interest.
public struct InterestRates: Hashable, Sendable {
  /// A rate from a day on.
  public struct Rate: Hashable, Sendable {
    /// The first day.
    public var from: CivilDate
    /// Per cent a year.
    public var percent: Decimal
  }

  private struct Entry: Hashable {
    let country: Jurisdiction
    let customers: [String]?
    let rates: [Rate]
  }

  private let entries: [Entry]

  /// The rates of a rule set.
  public init(_ files: RuleSetFiles) {
    var entries: [Entry] = []
    for path in files.paths where path.hasPrefix("law/") && path.hasSuffix(".json") {
      guard let json = try? JSONReader.parse(files[path] ?? []),
        let country = json["jurisdiction"]?.stringValue.flatMap({ Jurisdiction($0) })
      else { continue }
      for entry in json["debt"]?.arrayValue ?? [] where entry["kind"]?.stringValue == "interest" {
        entries.append(
          Entry(
            country: country, customers: entry["customers"]?.arrayValue?.compactMap(\.stringValue),
            rates: Self.rates(entry)))
      }
    }
    self.entries = entries
  }

  /// The rates for claims on a kind of customer, in order of time; a day before the first has none.
  func rates(_ country: Jurisdiction, _ customer: Contract.CustomerType) -> [Rate] {
    entries.filter { $0.country == country && $0.customers?.contains(customer.rawValue) ?? true }
      .flatMap(\.rates).sorted { $0.from < $1.from }
  }

  /// The rates of an entry within its validity: a fixed one, or points above a base that is set anew from time to time.
  private static func rates(_ entry: JSONValue) -> [Rate] {
    guard let from = entry["from"]?.stringValue.flatMap({ CivilDate($0) }) else { return [] }
    let until = entry["until"]?.stringValue.flatMap { CivilDate($0) }
    var rates: [Rate] = []
    if let percent = entry["rate"]?.numberValue {
      rates = [Rate(from: from, percent: percent)]
    } else if let points = entry["points"]?.numberValue {
      let steps = (entry["base"]?.arrayValue ?? []).compactMap { step -> Rate? in
        guard let day = step["from"]?.stringValue.flatMap({ CivilDate($0) }),
          let base = step["rate"]?.numberValue
        else { return nil }
        return Rate(from: max(day, from), percent: points + max(0, base))
      }
      rates = steps.filter { step in until.map { step.from <= $0 } ?? true }
      // The base is fixed for half a year (LV-C-1); later it is not known, and only the points are owed.
      if let last = rates.last, let end = last.from.adding(months: 6) {
        rates.append(Rate(from: end, percent: points))
      }
    }
    if let until, let end = until.adding(days: 1) { rates.append(Rate(from: end, percent: 0)) }
    return rates
  }
}
