import Access
import Values

/// The options that every command understands alike, with their defaults.
enum SharedOptions {
  static let database = Option(
    "database", .path(), "The database file (default bonitas.db, or BONITAS_DATABASE).")
  static let rules = Option(
    "rules", .path("FOLDER"), "The folder of the rules (default rules, or BONITAS_RULES).")
  static let actor = Option(
    "actor", .name("NAME"),
    "Who does this (default the user of the token, else system).")
  static let json = Flag("json", "Answer as JSON on standard output.")
  static let businessDate = Option(
    "business-date", .date, "The day for which facts are read (default today in Riga).")
  static let knownAt = Option(
    "known-at", .instant, "Only what was known at this instant (default now).")
  static let help = Flag("help", "Show this help.")

  /// The shared options of one command, in the order of its help.
  static func taken(by command: Command) -> [any Declaration] {
    var taken: [any Declaration] = [database, rules]
    if command.takesTimes.contains(.businessDate) { taken.append(businessDate) }
    if command.takesTimes.contains(.knownAt) { taken.append(knownAt) }
    return taken + [actor, json, help]
  }

  /// Every shared option: these may also stand before the command's words.
  static let all: [any Declaration] = [database, rules, businessDate, knownAt, actor, json, help]
}

extension Arguments {
  /// The database file: the option, else `BONITAS_DATABASE`, else `bonitas.db`.
  func database(_ edge: Edge) -> String {
    self[SharedOptions.database] ?? edge.variable("BONITAS_DATABASE") ?? "bonitas.db"
  }

  /// The rules folder: the option, else `BONITAS_RULES`, else `rules`.
  func rules(_ edge: Edge) -> String {
    self[SharedOptions.rules] ?? edge.variable("BONITAS_RULES") ?? "rules"
  }

  /// The business date: the option, else today in Europe/Riga.
  func businessDate(_ edge: Edge) -> CivilDate {
    self[SharedOptions.businessDate] ?? RigaTime.date(at: edge.now)
  }

  /// The instant of knowledge: the option, else now.
  func knownAt(_ edge: Edge) -> Instant { self[SharedOptions.knownAt] ?? edge.now }

  /// Who writes: the user signed in, else the option, else the program itself.
  var actor: String { signedIn?.name ?? self[SharedOptions.actor] ?? UserName.system }

  /// Whether the answer is asked for as JSON.
  var wantsJSON: Bool { self[SharedOptions.json] }
}
