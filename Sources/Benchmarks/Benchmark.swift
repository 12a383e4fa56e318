import Glibc

/// Takes measurements: the best CPU time of several runs, in nanoseconds for one repetition.
final class Benchmark {
  /// One line of a report.
  struct Measurement {
    let name: String
    /// CPU nanoseconds of one repetition.
    let nanoseconds: Double
    /// The same for what it is compared with.
    let baseline: Double?
    /// Bytes that one repetition works through.
    let bytes: Int?
  }

  private(set) var measurements: [Measurement] = []
  /// Everything the bodies returned, so that the optimiser cannot drop their work.
  private(set) var checksum = 0

  /// How often a body is run; the fastest run counts, because whatever disturbs a run only makes it slower.
  static let runs = 7

  /// Measures a body that repeats its work as often as it is told and returns a number that depends on it.
  func measure(_ name: String, iterations: Int, bytes: Int? = nil, _ body: (Int) -> Int) {
    measurements.append(
      Measurement(name: name, nanoseconds: best(iterations, body), baseline: nil, bytes: bytes))
  }

  /// Measures two bodies that do the same work, the second one as the baseline.
  func compare(
    _ name: String, iterations: Int, _ body: (Int) -> Int, baselineIterations: Int? = nil,
    baseline: (Int) -> Int
  ) {
    let own = best(iterations, body)
    let other = best(baselineIterations ?? iterations, baseline)
    measurements.append(Measurement(name: name, nanoseconds: own, baseline: other, bytes: nil))
  }

  private func best(_ iterations: Int, _ body: (Int) -> Int) -> Double {
    var best = Double.infinity
    checksum &+= body(max(1, iterations / 10))
    for _ in 0..<Benchmark.runs {
      let start = Benchmark.cpuNanoseconds()
      checksum &+= body(iterations)
      best = min(best, Double(Benchmark.cpuNanoseconds() - start))
    }
    return best / Double(max(1, iterations))
  }

  /// The CPU time that this thread has used; time that a neighbour had the processor does not count.
  static func cpuNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
