/// How far a long work is, on standard error.
///
/// On a terminal one line that is drawn over itself, at most ten times a second; elsewhere a plain line every ten
/// seconds. Short work shows nothing.
final class Progress {
  private let stream: TextStream
  private let title: String
  private let unit: String
  private let started = ContinuousClock.now
  private var shown: ContinuousClock.Instant?
  private var isDrawn = false

  init(_ title: String, unit: String, on stream: TextStream) {
    self.title = title
    self.unit = unit
    self.stream = stream
  }

  /// Tells the count reached, and the total where it is known.
  func report(_ done: Int, of total: Int? = nil) {
    let now = ContinuousClock.now
    let pause: Duration = stream.isTerminal ? .milliseconds(100) : .seconds(10)
    let first: Duration = stream.isTerminal ? .milliseconds(400) : .seconds(10)
    guard now - (shown ?? started) >= (shown == nil ? first : pause) else { return }
    shown = now
    let seconds = Double((now - started) / .milliseconds(1)) / 1000
    var text = "\(title): \(grouped(done))"
    if let total { text += " of \(grouped(total))" }
    text += " \(unit)"
    if let total, total > 0 { text += ", \(min(100, done * 100 / total)) %" }
    if seconds > 0 { text += ", \(grouped(Int(Double(done) / seconds))) a second" }
    if stream.isTerminal {
      stream.write("\r\u{1B}[K" + String(text.prefix(max(10, (stream.columns ?? 80) - 1))))
      stream.flush()
      isDrawn = true
    } else {
      stream.line(text)
    }
  }

  /// Takes the line away.
  func finish() {
    guard isDrawn else { return }
    stream.write("\r\u{1B}[K")
    stream.flush()
    isDrawn = false
  }
}
