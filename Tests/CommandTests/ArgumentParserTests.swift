import Testing
import Values

@testable import bonitas

/// What people type, and the sentence for every way to get it wrong.
@Suite struct ArgumentParserTests {
  private static let limit = Option("limit", .integer("N", in: 1...100), "How many.")
  private static let mark = Option("mark", .text("WORD"), "A mark.", repeats: true)
  private static let format = Option("format", .choice(["text", "json"]), "The form.")
  private static let all = Flag("all", "Everything.")
  private static let output = Option("output", .path(), "Where to.", isRequired: true)
  private static let customer = Positional("CUSTOMER", .text("CUSTOMER"), "Who.")
  private static let files = Positional("FILE", .path(), "What.", isRequired: true, repeats: true)

  private static let commands = [
    Command(
      "rate", summary: "Rate.", positionals: [customer], options: [limit, mark, format, all],
      takesTimes: .both, needs: .nobody
    ) { _, _ throws(Failure) in .done },
    Command("ingest", summary: "Ingest.", positionals: [files], needs: .nobody) { _, _ throws(Failure) in
      .done
    },
    Command("quarantine list", summary: "List.", options: [limit], needs: .nobody) { _, _ throws(Failure) in
      .done
    },
    Command("quarantine show", summary: "Show.", needs: .nobody) { _, _ throws(Failure) in .done },
    Command("export", summary: "Export.", options: [output], needs: .nobody) { _, _ throws(Failure) in .done
    },
  ]

  private func parse(_ line: String) throws(UsageError) -> (String, Arguments) {
    let words = line.split(separator: " ").map(String.init)
    switch try ArgumentParser(commands: Self.commands).parse(words) {
    case .run(let command, let arguments): return (command.title, arguments)
    case .help(let command): return ("help of \(command.title)", Arguments())
    case .overview: return ("overview", Arguments())
    case .version: return ("version", Arguments())
    case .noun(let noun, _): return ("verbs of \(noun)", Arguments())
    }
  }

  private func sentence(_ line: String) -> String {
    do throws(UsageError) {
      return "parsed as \(try parse(line).0)"
    } catch {
      return error.sentence
    }
  }

  @Test func readsOptionsFlagsAndPositionals() throws {
    let (title, arguments) = try parse("rate --limit 5 C-1 --mark=a --mark b=c --all --known-at 2026-06-30")
    #expect(title == "rate")
    #expect(arguments[Self.limit] == 5)
    #expect(arguments[Self.customer] == "C-1")
    #expect(arguments.all(Self.mark) == ["a", "b=c"])
    #expect(arguments[Self.all])
    #expect(arguments[SharedOptions.knownAt] == Instant("2026-06-30T00:00:00Z"))
    #expect(!arguments.wantsJSON)
  }

  @Test func readsSharedOptionsBeforeTheCommand() throws {
    let (title, arguments) = try parse("--json --database x.db quarantine list --limit=7")
    #expect(title == "quarantine list")
    #expect(arguments.wantsJSON)
    #expect(arguments[SharedOptions.database] == "x.db")
    #expect(arguments[Self.limit] == 7)
  }

  @Test func takesEveryFileAndWhatFollowsTheDashes() throws {
    let (_, arguments) = try parse("ingest a.csv - b.csv -- --odd.csv -x")
    #expect(arguments.all(Self.files) == ["a.csv", "-", "b.csv", "--odd.csv", "-x"])
  }

  @Test func readsAValueThatLooksNegative() throws {
    let (_, arguments) = try parse("rate C --mark -5")
    #expect(arguments.all(Self.mark) == ["-5"])
  }

  @Test(arguments: [
    ("help", "overview"), ("--help", "overview"), ("-h", "overview"), ("--version", "version"),
    ("help rate", "help of rate"), ("rate --help", "help of rate"), ("rate C --nonsense -h", "help of rate"),
    ("help quarantine", "verbs of quarantine"), ("quarantine --help", "verbs of quarantine"),
    ("help quarantine list", "help of quarantine list"), ("quarantine list -h", "help of quarantine list"),
  ])
  func findsHelp(line: String, what: String) throws {
    #expect(try parse(line).0 == what)
  }

  @Test(arguments: [
    ("", "No command given."),
    ("rat C", "There is no command 'rat'. Did you mean 'rate'?"),
    ("zzzzzz", "There is no command 'zzzzzz'."),
    ("quarantine", "'quarantine' needs a verb: list, show."),
    ("quarantine lst", "'quarantine' has no verb 'lst'. Did you mean 'list'?"),
    ("quarantine explode", "'quarantine' has no verb 'explode'. Possible: list, show."),
    ("rate C --limt 5", "Unknown option '--limt' of 'rate'. Did you mean '--limit'?"),
    ("rate C --zzz", "Unknown option '--zzz' of 'rate'."),
    ("--databse x rate C", "Unknown option '--databse'. Did you mean '--database'?"),
    ("ingest a --known-at 2026-01-01", "'ingest' takes no option '--known-at': it would change nothing."),
    ("rate C -l 5", "Unknown option '-l'. Options are written in full, with two dashes."),
    ("rate C --limit", "Option '--limit' needs a value: --limit N."),
    ("rate C --limit --all", "Option '--limit' needs a value: --limit N."),
    ("--database", "Option '--database' needs a value: --database FILE."),
    ("rate C --all=yes", "Option '--all' takes no value."),
    ("rate C --limit 5 --limit 6", "Option '--limit' is given twice."),
    ("rate C --limit five", "--limit: 'five' is not a whole number."),
    ("rate C --limit 101", "--limit: '101' is not between 1 and 100."),
    ("rate C --limit 99999999999999999999", "--limit: '99999999999999999999' is not a whole number."),
    ("rate C --format jsn", "--format: 'jsn' is not one of text, json (did you mean 'json'?)."),
    (
      "rate C --business-date 2026-02-30",
      "--business-date: '2026-02-30' is not a date of the calendar; write it as 2026-06-30."
    ),
    (
      "rate C --business-date 30.06.2026",
      "--business-date: '30.06.2026' is not a date of the calendar; write it as 2026-06-30."
    ),
    (
      "rate C --known-at noon",
      "--known-at: 'noon' is not an instant; write it as 2026-06-30T12:00:00Z or 2026-06-30."
    ),
    ("rate C --mark=", "--mark: '' is empty."),
    ("rate C --actor=a\u{1B}[2J", "--actor: 'a\u{FFFD}[2J' holds a control character."),
    ("rate", "Missing argument CUSTOMER."),
    ("ingest", "Missing argument FILE."),
    ("export", "Missing option '--output FILE'."),
    ("rate C D", "'rate' does not take the argument 'D'."),
  ])
  func tellsWhatIsWrong(line: String, expected: String) {
    #expect(sentence(line) == expected)
  }

  @Test func suggestsOnlyWhatIsNear() {
    let words = ["list", "show", "retry"]
    #expect(NearestMatch.of("lits", among: words) == "list")
    #expect(NearestMatch.of("sh", among: words) == nil)
    #expect(NearestMatch.of("ret", among: words) == "retry")
    #expect(NearestMatch.of(String(repeating: "x", count: 100_000), among: words) == nil)
  }

  @Test func nearestMatchCountsASwapAsOne() {
    #expect(NearestMatch.editDistance(Array("form".unicodeScalars), Array("from".unicodeScalars)) == 1)
    #expect(NearestMatch.editDistance(Array("abc".unicodeScalars), []) == 3)
    #expect(NearestMatch.editDistance(Array("kitten".unicodeScalars), Array("sitting".unicodeScalars)) == 3)
  }
}
