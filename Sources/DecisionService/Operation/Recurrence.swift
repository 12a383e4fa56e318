import Dispatch
import Synchronization

/// Does something again and again on a queue of its own, with a pause before each time, until it is stopped.
final class Recurrence: Sendable {
  private let queue: DispatchQueue
  private let pauseMilliseconds: Int
  private let stopping = Mutex(false)
  private let ending = DispatchSemaphore(value: 0)

  init(_ label: String, everyMilliseconds pause: Int) {
    queue = DispatchQueue(label: label, qos: .utility)
    pauseMilliseconds = pause
  }

  /// Whether it is to end; asked in the middle of work that is long.
  var isStopping: Bool { stopping.withLock { $0 } }

  /// Pauses in the middle of work that is long, until it is to end.
  func rest(milliseconds: Int) {
    if isStopping { return }
    _ = ending.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  /// Begins.
  func start(_ work: @escaping @Sendable () -> Void) {
    queue.asyncAfter(deadline: .now() + .milliseconds(pauseMilliseconds)) { [self] in
      if isStopping { return }
      work()
      start(work)
    }
  }

  /// Ends after the time that is under way.
  func stop() {
    stopping.withLock { $0 = true }
    ending.signal()
    queue.sync {}
  }
}
