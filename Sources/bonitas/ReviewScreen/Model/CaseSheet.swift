import Values

/// A case that was opened.
struct CaseSheet: Hashable, Sendable {
  var line: CaseLine
  /// How many events had changed it when this was read: an act on it says so.
  var version: Int
  /// Who and what in a few lines; beside the tabs where there is room, above the decision else.
  var glance: [SheetLine]
  /// What may be decided; nil where nothing can be decided here (data problem, closed).
  var options: DecisionOptions?
  /// What waits for the second person.
  var proposal: [SheetLine]?
}

/// One line of a tab, to be broken at the width there is.
struct SheetLine: Hashable, Sendable {
  var text: String
  var style: TextStyle
  /// The columns before the text; lines below the first stand `hanging` further in.
  var indent: Int
  var hanging: Int
  /// What Enter opens: a name that the desk knows.
  var record: String?

  init(
    _ text: String, _ style: TextStyle = .plain, indent: Int = 0, hanging: Int = 2, record: String? = nil
  ) {
    self.text = text
    self.style = style
    self.indent = indent
    self.hanging = hanging
    self.record = record
  }
}

/// The parts of an open case.
enum SheetTab: Int, CaseIterable, Hashable, Sendable {
  case decision, features, changes, whatIf, timeLine, history, files

  var title: String {
    switch self {
    case .decision: "Decision"
    case .features: "Features"
    case .changes: "Changes"
    case .whatIf: "What if"
    case .timeLine: "Time line"
    case .history: "History"
    case .files: "Files"
    }
  }

  func next(_ step: Int) -> SheetTab {
    let count = Self.allCases.count
    return Self.allCases[((rawValue + step) % count + count) % count]
  }
}

/// A raw record of the evidence, or another text of its own.
struct SheetRecord: Hashable, Sendable {
  var title: String
  var lines: [SheetLine]
}

/// Something that can be chosen: what is stored, and what people read.
struct Choice: Hashable, Sendable {
  var code: String
  var words: String

  init(_ code: String, _ words: String) {
    self.code = code
    self.words = words
  }
}

/// What may be decided on a case.
struct DecisionOptions: Hashable, Sendable {
  /// In a few words, what is looked at: `decision D-17: rating C, refer`.
  var basis: String
  var resolutions: [Choice]
  var scopes: [Choice]
  /// Best first.
  var ratings: [String]
  var currentRating: String
  var outcomes: [Choice]
  var currentOutcome: String
  /// Empty where no restriction was proposed.
  var restrictions: [Choice]
  var reasons: [Choice]
  var until: CivilDate
  var latestUntil: CivilDate
}
