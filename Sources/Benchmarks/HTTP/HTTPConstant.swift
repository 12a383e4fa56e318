import Glibc
import HTTPServer

/// `Benchmarks http-constant [PORT [LOOPS]]`: a server that answers every request with the same few bytes, until SIGTERM.
///
/// What it costs is the cost of the server room alone; `scripts/benchmark-http` sets it beside nginx.
enum HTTPConstant {
  /// Serves until it is told to stop; false where it cannot listen.
  static func run(_ arguments: [String]) -> Bool {
    let port = arguments.first.flatMap(UInt16.init) ?? 8_080
    let loops = arguments.dropFirst().first.flatMap { Int($0) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    // Before the loops' threads are made, so that they inherit it and the signal waits for `sigwait`.
    pthread_sigmask(SIG_BLOCK, &signals, nil)

    let configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: port), loops: loops)
    let clocks = HTTPClocks(
      monotonicNanoseconds: { UInt64(monotonicNanoseconds()) }, unixSeconds: { Int64(time(nil)) })
    let server = HTTPServer(configuration, clocks: clocks) { ConstantHandler() }
    do {
      try server.start()
    } catch {
      print(error.sentence)
      return false
    }
    if let address = server.address { print("listening on \(address)") }
    fflush(nil)
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    let cut = server.drain(withinMilliseconds: 5_000)
    let counters = server.counters
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let microseconds =
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000 + usage.ru_utime.tv_usec
      + usage.ru_stime.tv_usec
    let each = Double(microseconds) / Double(max(1, counters.requests))
    print(
      "requests \(counters.requests), CPU us each \((each * 100).rounded() / 100), resident kB \(usage.ru_maxrss), cut \(cut)"
    )
    return true
  }
}

private final class ConstantHandler: HTTPHandler {
  private let response = HTTPResponse(
    status: 200, contentType: "application/json", text: #"{"status":"ok"}"# + "\n")

  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    exchange.respond(response)
  }
}
