import Dispatch
import HTTPServer

/// Answers who cannot wait any longer: a decision that is not stored by its deadline is not answered as if it were.
///
/// It may be stored all the same; a retry with the same key tells.
enum DeadlineWatch {
  private static let queue = DispatchQueue(label: "bonitas.deadlines", qos: .userInteractive)
  /// How long after the deadline an answer that is on its way is still waited for.
  private static let graceMilliseconds = 25

  /// Watches over a request whose caller has named a deadline.
  static func watch(_ core: ServiceCore, _ caller: Caller, _ exchange: HTTPExchange, milliseconds: Int) {
    let nanoseconds = UInt64(milliseconds + graceMilliseconds) * 1_000_000
    let due = DispatchTime(uptimeNanoseconds: caller.receivedAtNanoseconds &+ nanoseconds)
    queue.asyncAfter(deadline: due) { [weak exchange] in
      guard let exchange else { return }
      core.finish(
        caller, exchange,
        Problem(.deadlineExceeded, "The decision was not stored within \(milliseconds) milliseconds."))
    }
  }
}
