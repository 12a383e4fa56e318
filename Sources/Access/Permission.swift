/// Something that not everybody may do.
public enum Permission: Sendable, CaseIterable {
  /// Sees what a person's record says.
  case readPersonalData
  /// Claims cases, writes notes, attaches evidence and decides.
  case review
  /// Approves or returns what somebody else decided.
  case approve
  /// Enters what a customer contests.
  case contest
  /// Sees the figures of the review, by reviewer.
  case statistics
  /// Applies plans of debt management, takes them back, holds debts, sends what the outbox has.
  case manageDebt
  /// Stops automated decisions.
  case stop
  /// Lets automated decisions run again.
  case lift
  /// Puts a rule set in force.
  case activate
  /// Sees who the users are and what they may do.
  case seeUsers
  /// Manages users and other people's tokens.
  case administer

  /// The roles that have it, each alone.
  public var roles: Set<Role> {
    switch self {
    case .readPersonalData: Role.people
    case .review: [.reviewer, .senior]
    case .approve: [.senior]
    case .contest: [.reviewer, .senior, .dataProtection]
    case .manageDebt: [.senior, .administrator]
    case .statistics: [.senior, .dataProtection, .auditor]
    case .stop: [.reviewer, .senior, .dataProtection, .administrator]
    case .lift: [.senior, .administrator]
    case .seeUsers: [.dataProtection, .auditor, .administrator]
    case .activate, .administer: [.administrator]
    }
  }
}
