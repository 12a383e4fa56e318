import Dispatch
import Synchronization

/// Work that takes longer than an event loop may wait: one after the other, so many waiting at most.
final class SlowLane: Sendable {
  private let queue = DispatchQueue(label: "bonitas.slow", qos: .utility)
  private let waiting = Mutex(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Takes work over; false where there is no room for it.
  func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = waiting.withLock { waiting in
      guard waiting < limit else { return false }
      waiting += 1
      return true
    }
    guard isTaken else { return false }
    queue.async { [self] in
      work()
      waiting.withLock { $0 -= 1 }
    }
    return true
  }

  /// Returns when everything that was taken over is done.
  func stop() { queue.sync {} }
}
