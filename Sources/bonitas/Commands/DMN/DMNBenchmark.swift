import DMN
import FEEL
import Formats
import Glibc
import Values

extension Command {
  private static let decisions = Option(
    "decision", .text("NAME"), "A decision to evaluate; may be given several times.", isRequired: true,
    repeats: true)
  private static let input = Option(
    "input", .path(), "A CSV file, one case a row, the header naming the inputs.", isRequired: true)
  private static let seconds = Option(
    "seconds", .integer("N", in: 1...600), "How much CPU time to spend (default 3).")

  /// `bonitas dmn benchmark`: how fast a model decides.
  static let dmnBenchmark = Command(
    "dmn benchmark",
    summary: "Measure how many cases a second a model decides, one at a time.",
    discussion: """
      Each row of the file is one case: the decisions are evaluated together, on one thread, with the trace on. \
      The rows are read before the clock starts and gone through again until the time is spent.
      """,
    positionals: [DMNArguments.model], options: [decisions, input, seconds],
    needs: .nobody,
    examples: [
      Example(
        #"printf 'Days past due\n0\n12\n' > days.csv"#,
        "Two cases, one a row; inputs without a column are null."),
      Example(
        "bonitas dmn benchmark rules/credit-rating.dmn --decision Score --input days.csv --seconds 1",
        "Cases per CPU-second, median and 99th percentile."),
    ]
  ) { arguments, edge throws(Failure) in
    let model = try DMNArguments.load(arguments)
    var handles: [DecisionHandle] = []
    for name in arguments.all(decisions) { handles.append(try DMNArguments.decision(name, of: model)) }
    let cases = try cases(try arguments.required(input), for: model)
    guard !cases.isEmpty else { throw Failure("no-cases", "the input file has no rows") }
    let figures = Figures.measure(
      model, model.plan(for: handles), cases, seconds: Double(arguments[seconds] ?? 3))
    if arguments.wantsJSON {
      edge.output.json(figures.json)
    } else {
      figures.write(to: edge.output)
    }
    return .done
  }

  /// The rows of a file as inputs by slot; columns that are no input are passed over.
  private static func cases(_ path: String, for model: DecisionModel) throws(Failure) -> [[Value]] {
    do {
      let reader = CSVReader(try ByteSource(path: path))
      guard try reader.step() == .row else { return [] }
      let slots = reader.texts.map { model.inputSlot(named: $0) }
      guard slots.contains(where: { $0 != nil }) else {
        throw Failure("no-inputs", "no column of the file is an input of the model")
      }
      let types = model.inputs.map(\.type)
      var cases: [[Value]] = []
      while true {
        switch try reader.step() {
        case .end: return cases
        case .bad(let problem): throw Failure("csv", "line \(reader.line): \(problem.sentence)")
        case .row: break
        }
        var values = Array(repeating: Value.null, count: model.inputCount)
        for (column, text) in reader.texts.enumerated() where column < slots.count && !text.isEmpty {
          guard let slot = slots[column] else { continue }
          guard let value = DMNArguments.value(text, of: types[slot]) else {
            throw Failure("csv", "line \(reader.line): '\(text)' is not a value of type \(types[slot])")
          }
          values[slot] = value
        }
        cases.append(values)
      }
    } catch let failure as Failure {
      throw failure
    } catch let error as ByteSourceError {
      throw Failure(error.code, error.sentence)
    } catch {
      throw Failure(error)
    }
  }
}

/// What a benchmark found.
private struct Figures {
  var decisions = 0
  var cpuSeconds = 0.0
  var medianMicroseconds = 0.0
  var p99Microseconds = 0.0

  var perSecond: Double { cpuSeconds > 0 ? Double(decisions) / cpuSeconds : 0 }

  /// Throughput first, without a clock between the cases; then each case by itself.
  static func measure(
    _ model: DecisionModel, _ plan: EvaluationPlan, _ cases: [[Value]], seconds: Double
  ) -> Figures {
    var figures = Figures()
    // One pass to warm caches.
    for inputs in cases { keep(model.evaluate(plan, inputs: inputs)) }
    let start = clock(CLOCK_PROCESS_CPUTIME_ID)
    repeat {
      for inputs in cases { keep(model.evaluate(plan, inputs: inputs)) }
      figures.decisions += cases.count
      figures.cpuSeconds = clock(CLOCK_PROCESS_CPUTIME_ID) - start
    } while figures.cpuSeconds < seconds
    var times: [Double] = []
    while times.count < 20_000 {
      for inputs in cases {
        let begin = clock(CLOCK_MONOTONIC)
        keep(model.evaluate(plan, inputs: inputs))
        times.append(clock(CLOCK_MONOTONIC) - begin)
      }
    }
    times.sort()
    figures.medianMicroseconds = times[times.count / 2] * 1e6
    figures.p99Microseconds = times[times.count * 99 / 100] * 1e6
    return figures
  }

  /// Keeps the compiler from leaving out work whose result is not used.
  @inline(never)
  private static func keep(_ result: EvaluationResult) {}

  private static func clock(_ id: clockid_t) -> Double {
    var reading = timespec()
    clock_gettime(id, &reading)
    return Double(reading.tv_sec) + Double(reading.tv_nsec) / 1e9
  }

  var json: JSONValue {
    [
      "decisions": .number(Decimal(decisions)), "cpuSeconds": number(cpuSeconds, digits: 3),
      "decisionsPerCPUSecond": number(perSecond, digits: 0),
      "medianMicroseconds": number(medianMicroseconds, digits: 3),
      "p99Microseconds": number(p99Microseconds, digits: 3),
    ]
  }

  /// A measured figure, rounded to what the measurement is worth.
  private func number(_ value: Double, digits: Int) -> JSONValue {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 1e18 else { return .null }
    return Decimal(mantissa: Int128(scaled), exponent: -digits).map { .number($0) } ?? .null
  }

  func write(to output: TextStream) {
    output.line("decisions                \(grouped(decisions))")
    output.line("CPU seconds              \(cpuSeconds)")
    output.line("decisions per CPU-second \(grouped(Int(perSecond)))")
    output.line("median microseconds      \(medianMicroseconds)")
    output.line("p99 microseconds         \(p99Microseconds)")
  }
}
