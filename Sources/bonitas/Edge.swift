import AuditLog
import Glibc
import Values

/// What a command sees of the world: streams, environment, and the one reading of the clock.
///
/// Clock, chance, environment, standard streams and exit enter the program here and nowhere else; everything below is handed
/// values, which is what makes replay and the tests simple.
struct Edge {
  let variables: [String: String]
  /// The moment at which the program started; a command has one "now".
  let now: Instant
  let output: TextStream
  let errors: TextStream
  /// How the program is to be called from here: `bonitas`, or a path where it was not found by its name alone.
  let programName: String

  /// The process as it is.
  static func process() -> Edge {
    signal(SIGPIPE, SIG_IGN)
    let variables = environmentVariables()
    keepProxiesFromThisMachine(variables)
    return Edge(
      variables: variables, now: currentInstant(),
      output: TextStream(descriptor: 1, variables: variables),
      errors: TextStream(descriptor: 2, variables: variables),
      programName: programName(CommandLine.arguments.first ?? "bonitas"))
  }

  /// The value of an environment variable; an empty one counts as absent.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `swift run` calls a long absolute path; from the folder of the package it is `.build/release/bonitas`.
  private static func programName(_ called: String) -> String {
    guard called.contains("/") else { return called }
    guard let here = getcwd(nil, 0) else { return called }
    defer { free(here) }
    let folder = String(cString: here) + "/"
    guard called.hasPrefix(folder + ".build/") else {
      return called.hasPrefix(folder) ? "./" + called.dropFirst(folder.count) : called
    }
    let parts = called.dropFirst(folder.count).split(separator: "/")
    if parts.count == 4, access(".build/\(parts[2])/\(parts[3])", X_OK) == 0 {
      return ".build/\(parts[2])/\(parts[3])"
    }
    return String(called.dropFirst(folder.count))
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

  /// The wall clock, for work that records when it was done, chunk by chunk.
  static func currentInstant() -> Instant {
    var reading = timespec()
    clock_gettime(CLOCK_REALTIME, &reading)
    return Instant(microseconds: Int(reading.tv_sec) &* 1_000_000 &+ Int(reading.tv_nsec) / 1000)
  }
}

extension Edge {
  /// The audit log with a key that this process alone knows, for the salts of its entries.
  func auditLog() throws(Failure) -> AuditLog {
    guard let salts = SaltSource(key: try randomBytes(32)) else { throw Self.noRandomNumbers }
    return AuditLog(salts: salts)
  }
}

extension Edge {
  /// Bytes that nobody can guess; at most 256.
  func randomBytes(_ count: Int) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let status = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { getentropy($0, buffer.count) } ?? -1
    }
    guard status == 0 else { throw Self.noRandomNumbers }
    return bytes
  }

  private static var noRandomNumbers: Failure {
    Failure(
      "no-random-numbers",
      "The operating system gives no random numbers (\(String(cString: strerror(errno)))), and without them nothing "
        + "can be entered in the audit log and no token be made; nothing was done.")
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
