import Facts
import Formats
import Values

/// Something that happened to a customer, by its day.
public struct TimelineEntry: Hashable, Sendable {
  /// How it bears on the customer's standing.
  public enum Weight: String, CaseIterable, Hashable, Sendable {
    case plain
    /// Settled, closed, in time.
    case good
    /// Late, disputed, a reminder.
    case warning
    /// Overdue and open, returned, entered in a register.
    case bad
  }

  /// The day.
  public let date: CivilDate
  /// What it is, in a word or two: `invoice`, `payment returned`.
  public let what: String
  /// The record: `invoice:INV-14-06`, or `D-3`.
  public let record: String
  /// The amount.
  public let amount: Money?
  /// What is to be said besides.
  public let detail: String
  /// How it bears on the standing.
  public let weight: Weight
  /// Whether the decision under the case did not see it.
  public let isNews: Bool

  /// The entry for machines.
  var json: JSONValue {
    [
      "date": .string(date.description), "what": .string(what), "record": .string(record),
      "amount": amount.map { .number($0.amount) } ?? .null,
      "currency": amount.map { .string($0.currency.code) } ?? .null, "detail": .string(detail),
      "weight": .string(weight.rawValue), "isNews": .bool(isNews),
    ]
  }
}
