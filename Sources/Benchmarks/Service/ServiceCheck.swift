import Foundation

/// Compares what the service tells now with what it answered before it was killed: `Benchmarks service-check`.
///
/// Every request of the files is sent again. One that was answered has to get the same bytes, and its decision has to be
/// read as it was, with only what has become of it put in. One that was not answered has to get one decision, and the same
/// one a second time. No two requests may share a decision.
final class ServiceCheck: Workload {
  static let usage = """
    Benchmarks service-check \(RequestPlan.usage)
    [--connections C] [--decisions COUNT] [--json] --answers FILE[,FILE...]
    """

  /// What is asked about a request, one after the other.
  private enum Step: Int {
    case retry, again, read
  }

  private struct Item {
    let plan: Int
    let number: Int
    /// What it was first answered with; nil as long as it has not been.
    var answer: [UInt8]?
    let wasAnswered: Bool
  }

  private let plans: [RequestPlan]
  private var items: [Item] = []
  private var next = 0
  /// Steps that follow others, done before the next item is begun.
  private var following: [(item: Int, step: Step)] = []
  private var decisions: Set<String> = []
  private var failures: [String] = []
  private var foundStored = 0
  private var waiting = 0
  private let limit: Int

  static func run(_ words: [String]) -> Bool {
    do throws(LoadError) {
      let words = try CommandWords(
        words, values: RequestPlan.values.union(["connections", "answers", "decisions"]),
        flags: RequestPlan.flags.union(["json"]), usage: usage)
      let address = try ServiceAddress(try words.required("url"))
      let check = try ServiceCheck(words, host: address.host)
      let loop = try LoadLoop(
        check, to: address, connections: try words.integer("connections", in: 1...1000, default: 16),
        depth: 16,
        tickMicroseconds: 0)
      let start = monotonicNanoseconds()
      try loop.run()
      let seconds = Double(monotonicNanoseconds() - start) / 1e9
      if let expected = words["decisions"].flatMap({ Int($0) }), expected != check.decisions.count {
        check.failures.append("\(expected) decisions are stored for \(check.decisions.count) requests")
      }
      return check.report(seconds, asJSON: words.has("json"))
    } catch {
      print(error.sentence)
      return false
    }
  }

  private init(_ words: CommandWords, host: String) throws(LoadError) {
    var plans: [RequestPlan] = []
    for path in try words.required("answers").split(separator: ",").map({ String($0) }) {
      guard let file = AnswerFile.read(path) else { throw .file("\(path) is no whole file of answers.") }
      let place = plans.count
      plans.append(try RequestPlan(words, host: host, seed: file.seed))
      items += file.answers.map { answer in
        let wasDecided = (200...299).contains(answer.status)
        return Item(
          plan: place, number: answer.number, answer: wasDecided ? answer.body : nil, wasAnswered: wasDecided)
      }
    }
    self.plans = plans
    limit = 200
  }

  /// As many at a time as the connections take, whenever there is room.
  var nextDue: Int? { (!following.isEmpty || next < items.count) && waiting < limit ? 0 : nil }

  func write(into buffer: SendBuffer, at now: Int) -> Ticket {
    let (item, step) = following.popLast() ?? (next, .retry)
    if step == .retry { next += 1 }
    let plan = plans[items[item].plan]
    if step == .read, let answer = items[item].answer {
      plan.writeReading(Self.decision(of: answer), into: buffer)
    } else {
      plan.writeDecision(items[item].number, into: buffer)
    }
    waiting += 1
    return Ticket(number: item * 4 + step.rawValue, due: now)
  }

  func answered(_ ticket: Ticket, _ answer: ServiceAnswer, at now: Int) {
    waiting -= 1
    let item = ticket.number / 4
    let body = [UInt8](answer.body)
    guard (200...299).contains(answer.status), let step = Step(rawValue: ticket.number % 4) else {
      return fail(item, "status \(answer.status): \(String(decoding: body.prefix(200), as: UTF8.self))")
    }
    guard let first = items[item].answer else {
      items[item].answer = body
      if answer.isReplayed { foundStored += 1 }
      following.append((item, .again))
      return
    }
    if step == .read {
      if !Self.isInserted(first, in: body) { fail(item, "is read differently from how it was answered") }
      return
    }
    if !answer.isReplayed { fail(item, "the answer to the retry does not say that it is one") }
    if body != first { return fail(item, "the retry was answered with other bytes") }
    if !decisions.insert(Self.decision(of: first)).inserted {
      return fail(item, "has the decision of another request")
    }
    following.append((item, .read))
  }

  func lost(_ ticket: Ticket) {
    waiting -= 1
    fail(ticket.number / 4, "the connection ended")
  }

  func isOver(at now: Int, inFlight: Int) -> Bool { inFlight == 0 && nextDue == nil }

  private func fail(_ item: Int, _ text: String) {
    failures.append("request \(items[item].number): \(text)")
  }

  private func report(_ seconds: Double, asJSON: Bool) -> Bool {
    let answered = items.count { $0.wasAnswered }
    let unanswered = items.count - answered
    if asJSON {
      print(
        """
        {"answered":\(answered),"unanswered":\(unanswered),"foundStored":\(foundStored),\
        "decisions":\(decisions.count),"failures":\(failures.count)}
        """)
    } else {
      print(
        """
        requests that were answered    \(answered)
        that were not                  \(unanswered), of which \(foundStored) had been stored
        decisions                      \(decisions.count)
        time                           \((seconds * 10).rounded() / 10) s
        failures                       \(failures.count)
        """)
    }
    for failure in failures.prefix(20) { FileHandle.standardError.write(Data("FAILED: \(failure)\n".utf8)) }
    return failures.isEmpty && !items.isEmpty
  }

  private static func decision(of answer: [UInt8]) -> String {
    answer.withUnsafeBytes { AnswerScanner.member("\"decision\":", in: $0) } ?? ""
  }

  /// Whether the longer bytes are the shorter ones with something put in at one place.
  private static func isInserted(_ shorter: [UInt8], in longer: [UInt8]) -> Bool {
    let front = zip(shorter, longer).prefix { $0 == $1 }.count
    let back = zip(shorter.reversed(), longer.reversed()).prefix { $0 == $1 }.count
    return shorter.count <= longer.count && front + back >= shorter.count
  }
}
