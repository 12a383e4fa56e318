import Glibc
import Values

/// What a command sees of the world: streams, environment, and the one reading of the clock.
///
/// Clock, environment, standard streams and exit enter the program here and nowhere else; everything below is handed
/// values, which is what makes replay and the tests simple.
struct Edge {
  let variables: [String: String]
  /// The moment at which the program started; a command has one "now".
  let now: Instant
  let output: TextStream
  let errors: TextStream

  /// The process as it is.
  static func process() -> Edge {
    signal(SIGPIPE, SIG_IGN)
    let variables = environmentVariables()
    return Edge(
      variables: variables, now: currentInstant(),
      output: TextStream(descriptor: 1, variables: variables),
      errors: TextStream(descriptor: 2, variables: variables))
  }

  /// The value of an environment variable; an empty one counts as absent.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func environmentVariables() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let sign = text.firstIndex(of: "=") {
        variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      entry += 1
    }
    return variables
  }

  private static func currentInstant() -> Instant {
    var reading = timespec()
    clock_gettime(CLOCK_REALTIME, &reading)
    return Instant(microseconds: Int(reading.tv_sec) &* 1_000_000 &+ Int(reading.tv_nsec) / 1000)
  }
}

/// How a command ended, for the caller's script.
enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The check failed, or the wish was refused.
  case refused = 1
  /// Wrong usage.
  case usage = 2
  /// Finished, and some records are in quarantine.
  case quarantined = 3
}
