/// Proves what the service does when a register does not answer, answers late or wrongly: `Benchmarks service-pulls`.
///
/// It is the open load of `service-load`, with a deadline in every request, one request at a time on a connection. Ends with
/// an exit status of 1 where a decision was not `refer`, or came later than its deadline and 50 ms.
enum ServicePulls {
  static func run(_ words: [String]) -> Bool {
    guard words.contains("--deadline") else {
      print(
        "service-pulls takes the words of service-load, and --deadline MILLISECONDS.\n\(ServiceLoad.usage)")
      return false
    }
    var words = words
    // A request behind another one on its connection would wait for that one's register too.
    if !words.contains("--depth") { words += ["--depth", "1"] }
    if !words.contains("--connections") { words += ["--connections", "512"] }
    return ServiceLoad.run(words) { figures in
      if figures.notReferred > 0 { print("FAILED: \(figures.notReferred) decisions were not refer.") }
      if !figures.isInTime { print("FAILED: a decision came later than its deadline and 50 ms.") }
      return figures.isClean && figures.isInTime && figures.notReferred == 0
    }
  }
}
