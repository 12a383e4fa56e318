/// The measurements of a suite as a table or as JSON.
struct BenchmarkReport {
  let suite: BenchmarkSuite
  let measurements: [Benchmark.Measurement]

  /// An aligned table; the ratio says how many times longer the baseline takes.
  var table: String {
    var rows = [["", "ns", "baseline ns", "ratio", "MB/s"]]
    for line in measurements {
      rows.append([
        line.name,
        BenchmarkReport.text(line.nanoseconds),
        line.baseline.map(BenchmarkReport.text) ?? "",
        line.baseline.map { BenchmarkReport.text($0 / line.nanoseconds) } ?? "",
        line.bytes.map { BenchmarkReport.text(Double($0) * 1000 / line.nanoseconds) } ?? "",
      ])
    }
    let used = rows[0].indices.filter { column in
      column == 0 || rows.dropFirst().contains { !$0[column].isEmpty }
    }
    var text = "\(suite.name): \(suite.summary)\n"
    for row in rows {
      var line = ""
      for column in used {
        let width = rows.reduce(0) { max($0, $1[column].count) }
        let padding = String(repeating: " ", count: width - row[column].count)
        line += column == 0 ? row[column] + padding : "  " + padding + row[column]
      }
      text += line + "\n"
    }
    return text
  }

  /// One JSON object.
  var json: String {
    let lines = measurements.map { line in
      var fields = ["\"name\":\"\(line.name)\"", "\"nanoseconds\":\(BenchmarkReport.text(line.nanoseconds))"]
      if let baseline = line.baseline { fields.append("\"baseline\":\(BenchmarkReport.text(baseline))") }
      if let bytes = line.bytes { fields.append("\"bytes\":\(bytes)") }
      return "{" + fields.joined(separator: ",") + "}"
    }
    return "{\"suite\":\"\(suite.name)\",\"measurements\":[" + lines.joined(separator: ",") + "]}"
  }

  /// A figure with two digits behind the point below ten, one below a hundred, none above.
  private static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let places = value < 10 ? 2 : (value < 100 ? 1 : 0)
    let factor = [1.0, 10.0, 100.0][places]
    let scaled = Int((value * factor).rounded())
    if places == 0 { return String(scaled) }
    let fraction = String(scaled % Int(factor))
    return "\(scaled / Int(factor))." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
