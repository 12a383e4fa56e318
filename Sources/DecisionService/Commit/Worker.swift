import Dispatch

/// A thread of its own for work that never ends, or waits: the queues that all work shares must not be filled with it.
struct Worker {
  private let queue = DispatchQueue(label: "bonitas.worker", qos: .userInitiated)
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Begins; the queue keeps a thread for as long as the body runs.
  func start() { queue.async(execute: body) }
}
