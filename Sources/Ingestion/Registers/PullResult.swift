public import FactStore
public import Facts
public import HTTPClient
public import Values

/// What came of asking one register about one subject.
public struct PullResult: Sendable {
  /// The register.
  public let source: RegisterSource
  /// What came of it.
  public let state: SourcePull.State
  /// Why nothing came of it, for `unavailable` and `malformed`.
  public let cause: PullCause?
  /// What the register has, disputed entries included.
  public let facts: [Fact]
  /// The record ids of the entries that the subject disputes.
  public let disputed: [String]
  /// SHA-256 of the answer, as evidence; nil where there was none.
  public let answer: Digest?
  /// How often it was asked.
  public let tries: Int
  /// How long it took.
  public let milliseconds: Int

  /// What there is when nothing is known of the register.
  static func unavailable(
    _ source: RegisterSource, _ error: PeerError, tries: Int = 0, milliseconds: Int = 0
  ) -> PullResult {
    PullResult(
      source: source, state: .unavailable, cause: .peer(error), facts: [], disputed: [], answer: nil,
      tries: tries, milliseconds: milliseconds)
  }
}

/// Why a pull brought nothing.
public enum PullCause: Hashable, Sendable {
  /// There was no answer.
  case peer(PeerError)
  /// There was an answer that tells nothing about the subject.
  case status(Int)
  /// The answer breaks the contract.
  case malformed(AnswerProblem)

  /// The stable code, for metrics and tests.
  public var code: String {
    switch self {
    case .peer(let error): error.code
    case .status(let status): "status-\(status)"
    case .malformed(let problem): problem.code
    }
  }

  /// Code and place, as they are kept; never with personal data.
  public var stored: String {
    if case .malformed(let problem) = self, !problem.pointer.isEmpty {
      return "\(problem.code) at \(problem.pointer)"
    }
    return code
  }
}

/// Where and how an answer breaks the contract.
///
/// Neither values nor names that the register sent are repeated: they could be anybody's data, or anybody's text.
public struct AnswerProblem: Error, Hashable, Sendable {
  /// The stable code of the rule.
  public var code: String
  /// A JSON pointer; empty for the whole.
  public var pointer: String
  /// What is wrong.
  public var message: String
}
