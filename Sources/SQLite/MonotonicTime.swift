import Dispatch

/// Microseconds of a clock that only goes forward.
///
/// It measures how long something takes and never reaches what is stored; tests pass one of their own.
enum MonotonicTime {
  static func microseconds() -> Int {
    Int(truncatingIfNeeded: DispatchTime.now().uptimeNanoseconds / 1000)
  }
}
