import Formats
import Glibc
import SHA256Instructions

/// The program: reads the command line, runs one command, tells what went wrong, exits.
@main
struct Bonitas {
  static let version = "0.1.0"

  static func main() {
    SHA256Instructions.use()
    let edge = Edge.process()
    let status = run(Array(CommandLine.arguments.dropFirst()), edge)
    edge.output.flush()
    edge.errors.flush()
    if let error = edge.output.failure {
      edge.errors.line("bonitas: the output could not be written: \(String(cString: strerror(error))).")
      exit(ExitStatus.refused.rawValue)
    }
    exit(status.rawValue)
  }

  /// One call from words to exit status.
  static func run(_ words: [String], _ edge: Edge) -> ExitStatus {
    do throws(Failure) {
      return try perform(words, edge)
    } catch {
      edge.output.flush()
      tell(error, asJSON: words.contains("--json"), edge)
      return error.status
    }
  }

  private static func perform(_ words: [String], _ edge: Edge) throws(Failure) -> ExitStatus {
    // Answered before the command list is built: a version is asked for by scripts, often.
    if words == ["--version"] {
      edge.output.line("bonitas \(version)")
      return .done
    }
    let help = Help(commands: Command.all, output: edge.output)
    let request: ArgumentParser.Request
    do throws(UsageError) {
      request = try ArgumentParser(commands: Command.all).parse(words)
    } catch {
      throw Failure(usage: error)
    }
    switch request {
    case .version: edge.output.line("bonitas \(version)")
    case .overview: help.overview(Command.groups)
    case .noun(let noun, let family): help.noun(noun, family)
    case .help(let command): help.page(command)
    case .run(let command, let arguments):
      return try command.run(try Gate.admit(arguments, to: command, edge), edge)
    }
    return .done
  }

  private static func tell(_ failure: Failure, asJSON: Bool, _ edge: Edge) {
    if asJSON {
      edge.errors.json(["error": ["code": .string(failure.code), "sentence": .string(failure.sentence)]])
      return
    }
    edge.errors.line(edge.errors.style(.bad, "bonitas:") + " " + failure.sentence)
    if failure.status == .usage { edge.errors.line("Try 'bonitas help' or 'bonitas COMMAND --help'.") }
  }
}
