import Foundation
import Glibc
import SyntheticPortfolio

/// Puts an open load on `bonitas serve` and says how it was borne: `Benchmarks service-load`.
///
/// Requests are due at times that do not depend on the answers, and latency is counted from when a request was due, not
/// from when it was sent: a service that stops for a second delays all requests of that second, and they count ("coordinated
/// omission" is what leaving them out is called).
final class ServiceLoad: Workload {
  static let usage = """
    Benchmarks service-load \(RequestPlan.usage)
    --rate R --seconds S [--warm-up S] [--connections C] [--depth D] [--poisson] [--duplicate-keys SHARE]
    [--tick MICROSECONDS] [--cpu-of PID] [--answers FILE] [--until-closed] [--json]
    """

  private let plan: RequestPlan
  private let start: Int
  /// Requests that are due before it warm the service up, and are not counted.
  private let counted: Int
  private let end: Int
  private let interval: Double
  private let isPoisson: Bool
  private let duplicates: Double
  private let untilClosed: Bool
  private let answers: AnswerFile?
  private var random: SplitMix64
  private var due: Double
  private var sent = 0
  private var hasEnded = false
  private(set) var nextDue: Int?
  private(set) var figures: LoadFigures
  private let cpuOf: Int?

  static func run(_ words: [String]) -> Bool { run(words) { $0.isClean } }

  /// Runs the load with the words of the command line, and judges what it measured.
  static func run(_ words: [String], judge: (LoadFigures) -> Bool) -> Bool {
    do throws(LoadError) {
      let words = try CommandWords(
        words,
        values: RequestPlan.values.union([
          "rate", "seconds", "warm-up", "connections", "depth", "duplicate-keys", "tick", "cpu-of", "answers",
        ]),
        flags: RequestPlan.flags.union(["poisson", "until-closed", "json"]), usage: usage)
      let address = try ServiceAddress(try words.required("url"))
      let seed = try words.integer(
        "seed", in: 0...Int.max, default: Int(UInt64.random(in: 0...UInt64.max) >> 1))
      let plan = try RequestPlan(words, host: address.host, seed: UInt64(seed))
      let rate = try words.number("rate", in: 0.01...1_000_000)
      // A wake-up takes 20 microseconds of a virtual processor, and one for each request would take them from the service.
      let tick = try words.integer("tick", in: 0...100_000, default: rate > 5000 ? 500 : 0)
      let load = try ServiceLoad(plan, rate, words)
      let loop = try LoadLoop(
        load, to: address, connections: try words.integer("connections", in: 1...15_000, default: 64),
        depth: try words.integer("depth", in: 1...1024, default: 16), tickMicroseconds: tick)
      try loop.run()
      load.finish(broken: loop.broken)
      print(words.has("json") ? load.figures.json : load.figures.table)
      return load.untilClosed || judge(load.figures)
    } catch {
      print(error.sentence)
      return false
    }
  }

  private init(_ plan: RequestPlan, _ rate: Double, _ words: CommandWords) throws(LoadError) {
    self.plan = plan
    interval = 1e9 / rate
    let seconds = try words.number("seconds", in: 0.01...86_400)
    let warmUp = try words.number("warm-up", in: 0...3600, default: 0)
    start = monotonicNanoseconds() + 10_000_000
    counted = start + Int(warmUp * 1e9)
    end = counted + Int(seconds * 1e9)
    isPoisson = words.has("poisson")
    duplicates = try words.number("duplicate-keys", in: 0...0.9, default: 0)
    untilClosed = words.has("until-closed")
    cpuOf = words["cpu-of"] == nil ? nil : try words.integer("cpu-of", in: 1...Int(Int32.max))
    answers = try words["answers"].map { path throws(LoadError) in
      try AnswerFile(writing: path, seed: plan.seed)
    }
    random = SplitMix64(seed: plan.seed)
    due = Double(start)
    nextDue = start
    figures = LoadFigures(
      asked: rate, seconds: seconds,
      deadlineMilliseconds: try words.integer("deadline", in: 0...60_000, default: 0),
      sendsDuplicates: duplicates > 0)
  }

  func write(into buffer: SendBuffer, at now: Int) -> Ticket {
    let this = Int(due)
    if this >= counted, figures.begun == nil {
      figures.begun = LoadFigures.Usage(of: cpuOf)
    }
    var number = sent
    if duplicates > 0, sent > 0, Double.random(in: 0..<1, using: &random) < duplicates {
      number = sent - Int.random(in: 1...min(sent, 10_000), using: &random)
    }
    sent += 1
    plan.writeDecision(number, into: buffer)
    if this >= counted { figures.sent(late: now - this) }
    advance()
    return Ticket(number: number, due: this)
  }

  private func advance() {
    due += isPoisson ? -log(1 - Double.random(in: 0..<1, using: &random)) * interval : interval
    nextDue = due < Double(end) ? Int(due) : nil
  }

  func answered(_ ticket: Ticket, _ answer: ServiceAnswer, at now: Int) {
    answers?.answered(ticket.number, answer)
    guard ticket.due >= counted else { return }
    figures.answered(answer, after: now - ticket.due, at: now)
  }

  func connectionEnded() {
    hasEnded = true
    if untilClosed { nextDue = nil }
  }

  func lost(_ ticket: Ticket) {
    answers?.unanswered(ticket.number)
    if ticket.due >= counted { figures.lost += 1 }
  }

  func isOver(at now: Int, inFlight: Int) -> Bool {
    if untilClosed, hasEnded { return inFlight == 0 || now > end }
    // What has not been answered ten seconds after the last was due is not waited for.
    return (nextDue == nil && inFlight == 0) || now > end + 10_000_000_000
  }

  private func finish(broken: Int) {
    figures.broken = broken
    while let unsent = nextDue {
      if unsent >= counted { figures.unsent += 1 }
      advance()
    }
    figures.ended = LoadFigures.Usage(of: cpuOf)
    answers?.close()
  }
}
