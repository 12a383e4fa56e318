import Glibc

/// A value behind a lock that is given to those who wait in the order in which they came.
///
/// `Guarded` goes to whoever asks first after it is free, which is mostly the one that has just had it: a thread that writes
/// slice after slice kept commits waiting for several of its slices so, up to 25 ms. Threads wait here, and not in the queue
/// of `WriteTurn`, because they share a connection.
///
/// Unchecked, and sound because the value can be sent and is only touched by the one that is being served.
final class OrderedGuard<Value: Sendable>: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>
  /// The number that the next who comes draws, and the one that is being served; behind the lock.
  private var (next, served) = (0, 0)
  private var value: Value

  init(_ value: Value) {
    self.value = value
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
    change = .allocate(capacity: 1)
    change.initialize(to: pthread_cond_t())
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Runs a body with the value, which nobody else touches meanwhile; not from within another such body.
  func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(lock)
    let number = next
    next += 1
    while served != number { pthread_cond_wait(change, lock) }
    pthread_mutex_unlock(lock)
    defer {
      pthread_mutex_lock(lock)
      served += 1
      let isAwaited = served != next
      pthread_mutex_unlock(lock)
      // Few wait at a time: the committer, the sweeper, whoever reviews.
      if isAwaited { pthread_cond_broadcast(change) }
    }
    return try body(&value)
  }
}
