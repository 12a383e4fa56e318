import Glibc

/// A value behind a lock.
///
/// Like `Mutex` of the module Synchronization, but made of the C library's lock, which the thread sanitizer sees. It
/// does not see `Mutex` wait (Swift 6.3 on Linux): two threads that meet at one are reported as a race, in a correct
/// program of ten lines too, and connections handed from thread to thread are what it is to check.
///
/// Unchecked, and sound because the value can be sent and is only touched while the lock is held.
final class Guarded<Value: Sendable>: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  init(_ value: Value) {
    self.value = value
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Runs a body with the value, which nobody else touches meanwhile; not from within another such body.
  func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}
