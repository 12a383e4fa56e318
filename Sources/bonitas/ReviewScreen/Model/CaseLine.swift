import Values

/// A case as a list shows it.
struct CaseLine: Hashable, Sendable {
  /// `C-17`.
  var id: String
  /// In a word: contest, referral, approval, data problem.
  var kind: String
  var customer: String
  var name: String
  /// What the case is about, in a few words: `decision D-17`.
  var about: String
  /// Why a person has to look, in words.
  var reason: String
  /// From 1, the most urgent.
  var priority: Int
  var opened: CivilDate
  var due: CivilDate
  var state: State
  var isEscalated = false

  enum State: Hashable, Sendable {
    case open
    case mine(until: Instant)
    case claimed(by: String, until: Instant)
    case snoozed(until: CivilDate)
    case secondPerson(after: String)
    case closed(String)
  }

  var isMine: Bool {
    if case .mine = state { true } else { false }
  }

  /// The time left, in words that sort by meaning and not by colour.
  func dueWords(on day: CivilDate) -> String {
    if case .closed = state { return "" }
    switch day.days(until: due) {
    case 0: return "today"
    case 1: return "tomorrow"
    case let days where days > 0: return "in \(days) days"
    case -1: return "1 day LATE"
    case let days: return "\(-days) days LATE"
    }
  }

  func isOverdue(on day: CivilDate) -> Bool {
    if case .closed = state { return false }
    return due < day
  }

  /// Who has it and for how long.
  func stateWords(at now: Instant) -> String {
    switch state {
    case .open: "open"
    case .mine(let until): "yours, \(Self.left(until, now))"
    case .claimed(let by, let until): "\(by), \(Self.left(until, now))"
    case .snoozed(let until): "until \(until)"
    case .secondPerson: "needs 2nd person"
    case .closed(let how): how
    }
  }

  /// The whole minutes until an instant: `12 min`.
  static func left(_ until: Instant, _ now: Instant) -> String {
    let seconds = (until.microseconds - now.microseconds) / 1_000_000
    return seconds <= 0 ? "run out" : seconds < 60 ? "<1 min" : "\(seconds / 60) min"
  }
}

/// The queue in numbers.
struct QueueNumbers: Hashable, Sendable {
  var open = 0
  var overdue = 0
  var escalated = 0
  /// That automated decisions are stopped, in a sentence; nil where they are not.
  var stop: String?
}

/// What a list is narrowed to.
struct ListFilter: Hashable, Sendable {
  var kind: String?
  var state: String?
  var isMine = false
  var isOverdue = false
  var isEscalated = false
  var customer = ""

  static let kinds = ["referral", "contest", "approval", "data problem"]
  static let states = ["open", "claimed", "snoozed", "second person", "closed"]

  var isEmpty: Bool { self == ListFilter() }

  /// In words, for the line above the list.
  var words: String {
    var parts: [String] = []
    if let kind { parts.append(kind) }
    if let state { parts.append(state) }
    if isMine { parts.append("mine") }
    if isOverdue { parts.append("overdue") }
    if isEscalated { parts.append("escalated") }
    if !customer.isEmpty { parts.append("customer '\(customer)'") }
    return parts.joined(separator: ", ")
  }
}
