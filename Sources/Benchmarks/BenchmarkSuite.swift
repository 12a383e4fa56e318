/// A named group of measurements.
struct BenchmarkSuite: Sendable {
  /// The name it is asked for by.
  let name: String
  /// What it measures, in one line.
  let summary: String
  /// Takes the measurements.
  let run: @Sendable (Benchmark) -> Void
}
