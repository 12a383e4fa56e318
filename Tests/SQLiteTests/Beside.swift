import Dispatch
import Glibc
import Synchronization

/// Work on a thread of its own, beside another process: waiting for one must not hold a thread that tests share.
final class Beside<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let end = DispatchGroup()

  init(_ body: @escaping @Sendable () throws -> Value) {
    DispatchQueue(label: "beside").async(group: end) { [self] in
      let outcome = Result { try body() }
      result.withLock { $0 = outcome }
    }
  }

  /// What the work came to, once it is done.
  func value() throws -> Value? {
    end.wait()
    return try result.withLock { try $0?.get() }
  }
}

/// Waits until something is so, at most a minute.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
  for _ in 0..<60_000 {
    if try condition() { return true }
    usleep(1000)
  }
  return false
}
