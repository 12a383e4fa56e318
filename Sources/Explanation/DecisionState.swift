import Decisioning
import Values

/// What has become of a decision since it was made: what nothing in its own record can tell.
public struct DecisionState: Hashable, Sendable {
  /// The newest decision in its place; nil where it stands itself.
  public var successor: DecisionID?
  /// What an employee still has to answer about it.
  public var open: [Matter]

  /// A case that is open about the decision.
  public struct Matter: Hashable, Sendable {
    /// Why it is open.
    public enum Kind: String, Hashable, Sendable {
      /// The customer contests it; until that is answered it has no effect (AD-30).
      case contested
      /// It was left to an employee.
      case referred
    }

    /// Why it is open.
    public var kind: Kind
    /// The case, as people write it.
    public var caseName: String
    /// The last day on which it is answered in time.
    public var due: CivilDate

    /// An open case.
    public init(_ kind: Kind, caseName: String, due: CivilDate) {
      self.kind = kind
      self.caseName = caseName
      self.due = due
    }
  }

  /// What has become of a decision.
  public init(successor: DecisionID? = nil, open: [Matter] = []) {
    self.successor = successor
    self.open = open
  }
}

extension ExplanationDocument {
  /// The state as a section; none where nothing has become of the decision.
  static func stateSections(_ state: DecisionState, _ texts: TextCatalogue) throws(TextError)
    -> [ExplanationSection]
  {
    // A rule set that was kept before there were these texts explains its decisions all the same, without them.
    guard (try? texts.document("state")) != nil else { return [] }
    var words: [String] = []
    if let successor = state.successor {
      words.append(try texts.document("replaced", ["decision": successor.description]))
    }
    for matter in state.open {
      words.append(
        try texts.document(
          matter.kind.rawValue, ["case": matter.caseName, "date": texts.language.date(matter.due)]))
    }
    guard !words.isEmpty else { return [] }
    return [
      ExplanationSection(
        heading: try texts.document("state"),
        body: .paragraphs(words.map { ExplanationSentence($0, "state") }))
    ]
  }
}
