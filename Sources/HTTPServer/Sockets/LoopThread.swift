import Glibc

/// A thread of its own for a body that blocks for as long as the server runs; Dispatch's threads are not meant for that.
enum LoopThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Whether the system gave a thread; where not, `errno` says why.
  static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let number = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard number == 0 else {
      body.release()
      errno = number
      return false
    }
    pthread_detach(thread)
    return true
  }
}
