import Facts
import Values

/// Which cases a list shows; whatever is not set narrows nothing.
public struct QueueFilter: Hashable, Sendable {
  /// Only these kinds; all where it is empty.
  public var kinds: Set<CaseKind>
  /// Only these states; all but closed ones where it is empty.
  public var states: Set<CaseState>
  /// Only what this person works on; of closed cases what they decided.
  public var holder: String?
  /// Only what should have been decided before this day.
  public var overdueOn: CivilDate?
  /// Only what seniors have to decide.
  public var isEscalated: Bool
  /// Only customers whose name, number or code has this in it.
  public var customer: String?
  /// Only cases with this reason.
  public var reason: String?

  /// A filter.
  public init(
    kinds: Set<CaseKind> = [], states: Set<CaseState> = [], holder: String? = nil,
    overdueOn: CivilDate? = nil, isEscalated: Bool = false, customer: String? = nil, reason: String? = nil
  ) {
    self.kinds = kinds
    self.states = states
    self.holder = holder
    self.overdueOn = overdueOn
    self.isEscalated = isEscalated
    self.customer = customer
    self.reason = reason
  }

  /// Whether closed cases are asked for, which stand in an order of their own: closed last, first shown.
  var showsClosed: Bool { states == [.closed] }
}
