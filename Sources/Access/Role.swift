/// What a user was made to do; a user may have several roles.
public enum Role: String, Sendable, CaseIterable, Comparable {
  /// Handles cases: reads, notes, decides.
  case reviewer
  /// Handles cases, is the second person of others, and sees the figures of the review.
  case senior
  /// Receives what customers contest and sees how independent the review is; decides nothing.
  case dataProtection = "data-protection"
  /// Reads everything and changes nothing.
  case auditor
  /// Manages users and their tokens, and puts rule sets in force.
  case administrator
  /// Is a program that asks the service over the network by tokens of its own; stands alone and runs no command.
  case service

  /// What people are made to do.
  public static let people: Set<Role> = Set(allCases).subtracting([.service])

  /// Roles stand in the order of their declaration.
  public static func < (one: Role, other: Role) -> Bool { one.place < other.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
