import Decisioning
import Formats
import Values

/// Another case about the same customer: what it was about and what came of it.
public struct EarlierReview: Hashable, Sendable {
  /// The case as it stands.
  public let reviewCase: ReviewCase
  /// The judgement that ended it; nil where none did.
  public let judgement: Judgement?
  /// The rating and the outcome that the person's decision gave.
  public let result: String?

  /// Whether it still waits for somebody.
  public var isOpen: Bool { reviewCase.state != .closed }

  /// The case for machines.
  var json: JSONValue {
    [
      "case": .string(reviewCase.id.description), "kind": .string(reviewCase.id.kind.rawValue),
      "state": .string(reviewCase.state.rawValue), "reason": .string(reviewCase.reason),
      "openedAt": .string(reviewCase.openedAt.description),
      "closedAt": reviewCase.closing.map { .string($0.at.description) } ?? .null,
      "by": reviewCase.closing.map { .string($0.by) } ?? .null,
      "approver": reviewCase.closing?.approver.map(JSONValue.string) ?? .null,
      "decision": (reviewCase.closing?.decision ?? reviewCase.decision).map { .string($0.description) }
        ?? .null,
      "judgement": judgement?.json ?? .null, "result": result.map(JSONValue.string) ?? .null,
    ]
  }
}

/// A dispute that is open on the day of looking.
public struct OpenDispute: Hashable, Sendable {
  /// The record of the dispute.
  public let record: String
  /// The invoice.
  public let invoice: String
  /// Since when.
  public let opened: CivilDate
  /// The disputed amount; nil for the whole invoice.
  public let amount: String?
}
