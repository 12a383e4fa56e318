/// One command of the program as data: its words, what it takes, what help says, and what it does.
///
/// A command is a value in a file of its own under `Commands/`, entered in `Command.all`; parser and help read
/// nothing else. Running it gives the exit status, or a failure that `Failure` puts into words.
struct Command: Sendable {
  /// The noun and, where there is one, the verb: `["quarantine", "list"]`.
  let words: [String]
  /// One line for the overview.
  let summary: String
  /// Paragraphs of the command's own help.
  let discussion: String
  let positionals: [any Declaration]
  let options: [any Declaration]
  /// Whether `--business-date` and `--known-at` mean something here; the other shared options are taken everywhere.
  let takesTimes: Times
  /// Who may run it.
  let needs: Need
  /// Lines that work as typed, one after another, on the demo's database; for commands that only users may run, with
  /// users and a token set.
  let examples: [Example]
  let run: @Sendable (Arguments, Edge) throws(Failure) -> ExitStatus

  struct Example: Sendable {
    let line: String
    let meaning: String

    init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  /// Which of the two time options a command takes.
  struct Times: OptionSet, Sendable {
    let rawValue: Int
    static let businessDate = Times(rawValue: 1)
    static let knownAt = Times(rawValue: 2)
    static let both: Times = [.businessDate, .knownAt]
  }

  init(
    _ words: String, summary: String, discussion: String = "", positionals: [any Declaration] = [],
    options: [any Declaration] = [], takesTimes: Times = [], needs: Need,
    examples: [Example] = [],
    run: @escaping @Sendable (Arguments, Edge) throws(Failure) -> ExitStatus
  ) {
    self.words = words.split(separator: " ").map(String.init)
    self.summary = summary
    self.discussion = discussion
    self.positionals = positionals
    self.options = options
    self.takesTimes = takesTimes
    self.needs = needs
    self.examples = examples
    self.run = run
  }

  /// The words with blanks between: `quarantine list`.
  var title: String { words.joined(separator: " ") }

  /// Everything with dashes that the command takes, the shared options included.
  ///
  /// A command may declare a shared name with a default of its own.
  var allOptions: [any Declaration] { options + SharedOptions.taken(by: self) }

  /// The usage line: `bonitas ingest FILE... [options]`.
  var usage: String {
    var parts = ["bonitas"] + words
    for positional in positionals {
      let word = positional.name + (positional.repeats ? "..." : "")
      parts.append(positional.isRequired ? word : "[\(word)]")
    }
    for option in options where option.isRequired {
      parts.append("--\(option.name) \(option.placeholder ?? "")")
    }
    parts.append("[options]")
    return parts.joined(separator: " ")
  }
}
