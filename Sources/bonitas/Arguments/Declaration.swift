/// One thing that a command takes, as help and parser see it: an option, a flag or a positional.
protocol Declaration: Sendable {
  /// The name without dashes for options (`business-date`), the word of the usage line for positionals (`FILE`).
  var name: String { get }
  var summary: String { get }
  var placeholder: String? { get }
  var isRequired: Bool { get }
  var repeats: Bool { get }
  /// Reads one text; the value is kept under the declaration's name.
  func read(_ text: String) -> Reading<any Sendable>
}

/// An option with a value: `--name value` or `--name=value`.
struct Option<Value: Sendable>: Declaration {
  let name: String
  let kind: ValueKind<Value>
  let summary: String
  let isRequired: Bool
  let repeats: Bool

  init(
    _ name: String, _ kind: ValueKind<Value>, _ summary: String, isRequired: Bool = false,
    repeats: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.isRequired = isRequired
    self.repeats = repeats
  }

  var placeholder: String? { kind.placeholder }
  func read(_ text: String) -> Reading<any Sendable> { erase(kind.read(text)) }
}

/// An option without a value: `--json`.
struct Flag: Declaration {
  let name: String
  let summary: String

  init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }

  var placeholder: String? { nil }
  var isRequired: Bool { false }
  var repeats: Bool { true }
  func read(_ text: String) -> Reading<any Sendable> { .problem("takes no value") }
}

/// A word that is told by its place; one that repeats takes all that are left and must be the last.
struct Positional<Value: Sendable>: Declaration {
  let name: String
  let kind: ValueKind<Value>
  let summary: String
  let isRequired: Bool
  let repeats: Bool

  init(
    _ name: String, _ kind: ValueKind<Value>, _ summary: String, isRequired: Bool = true,
    repeats: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.isRequired = isRequired
    self.repeats = repeats
  }

  var placeholder: String? { name }
  func read(_ text: String) -> Reading<any Sendable> { erase(kind.read(text)) }
}

private func erase<Value: Sendable>(_ reading: Reading<Value>) -> Reading<any Sendable> {
  switch reading {
  case .value(let value): .value(value)
  case .problem(let problem): .problem(problem)
  }
}
