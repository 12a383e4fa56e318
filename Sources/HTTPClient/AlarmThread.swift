import Foundation

/// A thread that does things at their time and sleeps in between.
///
/// Dispatch's timers pass a due block from its manager to a queue to a worker: on two cores with ten busy threads it was up to
/// 70 ms late where a sleeping thread was 10 ms late, and what is promised is 50 ms.
///
/// Unchecked, and sound because `alarms` is touched with `mutex` held alone, and the pointers are made once and never freed.
public final class AlarmThread: @unchecked Sendable {
  private struct Alarm {
    let time: MonotonicTime
    let body: @Sendable () -> Void
  }

  /// The one of this process.
  public static let shared = AlarmThread()

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// A heap with the next alarm first.
  private var alarms: [Alarm] = []

  private init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // The wall clock may be set while we sleep.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
    let thread = Thread { [self] in run() }
    thread.name = "alarms"
    thread.start()
  }

  /// Does something at a moment, or at once where that is past; it has to return soon, since all others wait for it.
  public func ring(at time: MonotonicTime, _ body: @escaping @Sendable () -> Void) {
    pthread_mutex_lock(mutex)
    let isNext = alarms.first.map { time < $0.time } ?? true
    alarms.append(Alarm(time: time, body: body))
    rise()
    if isNext { pthread_cond_signal(condition) }
    pthread_mutex_unlock(mutex)
  }

  private func run() {
    pthread_mutex_lock(mutex)
    while true {
      guard let next = alarms.first else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      guard next.time <= .now else {
        let (seconds, rest) = next.time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var end = timespec(tv_sec: seconds, tv_nsec: rest)
        pthread_cond_timedwait(condition, mutex, &end)
        continue
      }
      removeFirst()
      pthread_mutex_unlock(mutex)
      next.body()
      pthread_mutex_lock(mutex)
    }
  }

  /// Moves the last alarm up to its place.
  private func rise() {
    var place = alarms.count - 1
    while place > 0, alarms[place].time < alarms[(place - 1) / 2].time {
      alarms.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private func removeFirst() {
    alarms.swapAt(0, alarms.count - 1)
    alarms.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < alarms.count && alarms[child].time < alarms[least].time { least = child }
      if least == place { return }
      alarms.swapAt(place, least)
      place = least
    }
  }
}
