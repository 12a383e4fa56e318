/// Why a person has to look.
public enum CaseKind: String, CaseIterable, Hashable, Sendable {
  /// The engine referred what it must not decide.
  case referral
  /// The customer contests a decision (GDPR article 22(3)).
  case contest
  /// A restriction was proposed and has no effect before somebody approves it.
  case approval
  /// Records of a file lie in quarantine.
  case dataProblem = "data problem"

  /// The letter that the names of its cases begin with.
  public var letter: String {
    switch self {
    case .referral: "R"
    case .contest: "C"
    case .approval: "A"
    case .dataProblem: "Q"
    }
  }

  /// The kind whose cases begin with a letter.
  init?(letter: some StringProtocol) {
    guard let kind = Self.allCases.first(where: { $0.letter == letter.uppercased() }) else { return nil }
    self = kind
  }

  /// Whether a person decides it by a judgement; a data problem is settled record by record.
  public var isDecided: Bool { self != .dataProblem }
}
