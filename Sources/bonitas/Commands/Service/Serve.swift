import CLinux
import DebtManagement
import DecisionService
import Decisioning
import Dispatch
import HTTPClient
import HTTPServer
import Ingestion
import SQLite
import Values

extension Command {
  /// `bonitas serve`: decisions by HTTP.
  static let serve = Command(
    "serve",
    summary: "Answer order intake by HTTP, each decision stored before it is answered.",
    discussion: """
      Listens in plain HTTP/1.1 on a local address or socket file; a reverse proxy in front of it speaks TLS (deploy/). \
      Callers hold service tokens: 'bonitas tokens create --scope'. What it takes and answers stands in /openapi.json and in \
      docs/service.md.

      SIGTERM and SIGINT end it when what was asked is answered; SIGHUP reads the rules folder again. A rule set that was \
      activated decides from the next request on without a signal.
      """,
    options: [listen, sources, outboxFolder, outboxURL, loops, idempotency, log, runAs],
    takesTimes: .businessDate, needs: .anybody,
    examples: [
      Example("bonitas serve --listen 127.0.0.1:8642", "On a port of this machine."),
      Example("bonitas serve --listen unix:bonitas.sock", "On a socket file, for a proxy."),
    ]
  ) { arguments, edge throws(Failure) in
    try Serving.run(arguments, edge)
  }

  fileprivate static let listen = Option(
    "listen", .address, "Where to listen: HOST:PORT or unix:PATH (default 127.0.0.1:8642).")
  fileprivate static let sources = Option(
    "sources", .path("FILE"),
    "Registers to ask about customers whose data are out of date, as JSON (docs/register-sources.md).")
  fileprivate static let outboxFolder = Option(
    "outbox-folder", .path("FOLDER"), "Write letters and requests of debt management into this folder.")
  fileprivate static let outboxURL = Option(
    "outbox-url", .text("URL"),
    "Post letters and requests of debt management there, signed with BONITAS_OUTBOX_KEY.")
  fileprivate static let loops = Option(
    "loops", .integer("N", in: 1...64), "Event loops, each a thread (default one for each core).")
  fileprivate static let idempotency = Option(
    "idempotency-hours", .integer("N", in: 1...720),
    "For how long a retry with the same Idempotency-Key gets the same answer (default 24).")
  fileprivate static let log = Option(
    "log", .choice(["faults", "problems", "requests"]),
    "Which requests are told on standard error, as JSON lines (default problems).")
  fileprivate static let runAs = Option(
    "run-as", .name("USER"), "As root: give up every privilege and go on as this user.")
}

/// Runs the service until a signal ends it.
private enum Serving {
  /// How long what was asked may take after the signal to end.
  static let drainMilliseconds = 20_000

  /// Clients of the declared registers.
  private static func registers(_ path: String?, _ edge: Edge) throws(Failure) -> RegisterPulls? {
    guard let path else { return nil }
    let client = HTTPClient()
    return try failing {
      try RegisterPulls(
        try RegisterSources(path: path),
        transport: { client.send($0, until: $1, completion: $2) }, credential: edge.variable,
        chance: { Int.random(in: $0) })
    }
  }

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    try Privileges.drop(to: arguments[Command.runAs], edge)
    // Pieces of this size and larger are given back to the system when they are let go. By itself glibc raises the limit to the
    // largest that ever was, and tables that grow leave holes behind: as much again as the keys of requests take.
    mallopt(M_MMAP_THRESHOLD, 128 << 10)
    // Several connections live as long as the service; together these caches stay below 40 MB. Half as much saved 8 MB and took
    // 2 µs more a decision.
    let store = try arguments.open(
      edge, .existing,
      DatabaseOptions(
        writerCacheKibibytes: 16_384, readerCacheKibibytes: 4_096, writersCheckpoint: false,
        fillsIndexes: false))
    var options = ServiceConfiguration()
    options.businessDate = arguments[SharedOptions.businessDate]
    if let hours = arguments[Command.idempotency] { options.idempotencyHours = hours }
    if let level = arguments[Command.log] { options.log = level }
    let address = arguments[Command.listen] ?? .tcp(host: "127.0.0.1", port: 8642)
    let folder = arguments.rules(edge)
    let audit = try edge.auditLog()
    let registers = try registers(arguments[Command.sources], edge)
    let (folderOut, urlOut) = (arguments[Command.outboxFolder], arguments[Command.outboxURL])
    let outbox =
      folderOut == nil && urlOut == nil
      ? nil : try OutboxDestination.chosen(folder: folderOut, url: urlOut, timeoutSeconds: 10, edge)
    let service = try failing {
      try DecisionService(
        store: store, audit: audit,
        configuration: HTTPServerConfiguration(address: address, loops: arguments[Command.loops]),
        options: options, clock: Edge.serviceClock, registers: registers, outbox: outbox,
        folder: { () throws(RuleSetError) in try RuleSetFiles(folder: folder) }, log: Edge.writeToErrors)
    }
    // Before anybody can connect: a signal that comes at once must not kill it half way.
    let signals = SignalWatch([.terminate, .interrupt, .hangUp])
    try failing { try service.start() }
    edge.errors.line("Listening on \(service.address?.description ?? address.description).")
    while true {
      switch signals.next() {
      case .hangUp:
        do throws(Problem) { try service.reload() } catch {
          edge.errors.line("The rules were not read again, those in force go on: \(error.detail)")
        }
      case .terminate, .interrupt:
        service.drain(withinMilliseconds: drainMilliseconds)
        return .done
      }
    }
  }
}

extension ValueKind where Value == HTTPAddress {
  /// `127.0.0.1:8642`, `[::1]:8642` or `unix:/run/bonitas/http.sock`.
  static var address: ValueKind {
    ValueKind(placeholder: "ADDRESS") { text in
      if text.hasPrefix("unix:") {
        let path = String(text.dropFirst(5))
        // Whoever may open the file may ask; the proxy's group is let in by the folder.
        return path.isEmpty ? .problem("names no socket file") : .value(.unix(path: path, mode: 0o660))
      }
      guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
        return .problem("is not an address; write it as 127.0.0.1:8642 or unix:/run/bonitas/http.sock")
      }
      let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
      return .value(.tcp(host: host == "localhost" ? "127.0.0.1" : host, port: port))
    }
  }
}
