import CLinux
import Glibc

/// The epoll of one loop, level-triggered: one `recv` for each readiness, and none that is only made to be told there is nothing more.
final class Poller {
  struct Interest: OptionSet {
    let rawValue: UInt32
    static let read = Interest(rawValue: EPOLLIN.rawValue)
    static let write = Interest(rawValue: EPOLLOUT.rawValue)
    /// Of the loops that wait for a listener not all are woken.
    static let exclusive = Interest(rawValue: EPOLLEXCLUSIVE.rawValue)
  }

  struct Readiness {
    let key: UInt64
    let isReadable: Bool
    let isWritable: Bool
    /// Both directions are gone.
    let isBroken: Bool
  }

  private let descriptor: Int32
  private var events: [epoll_event]
  private var count = 0

  /// Nil where the system has no more descriptors.
  init?(batch: Int = 256) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    events = Array(repeating: epoll_event(), count: batch)
  }

  deinit { Socket.close(descriptor) }

  func add(_ watched: Int32, _ interest: Interest, key: UInt64) -> Bool {
    control(EPOLL_CTL_ADD, watched, interest, key)
  }

  func change(_ watched: Int32, _ interest: Interest, key: UInt64) {
    _ = control(EPOLL_CTL_MOD, watched, interest, key)
  }

  func remove(_ watched: Int32) { _ = control(EPOLL_CTL_DEL, watched, [], 0) }

  /// Waits until something is ready, at most so long; nil is for ever.
  func wait(milliseconds: Int?) -> Int {
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    count = max(0, Int(epoll_wait(descriptor, &events, Int32(events.count), timeout)))
    return count
  }

  /// What the last waiting found.
  func readiness(_ index: Int) -> Readiness {
    let mask = events[index].events
    return Readiness(
      key: events[index].data.u64, isReadable: mask & EPOLLIN.rawValue != 0,
      isWritable: mask & EPOLLOUT.rawValue != 0,
      isBroken: mask & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
  }

  private func control(_ operation: Int32, _ watched: Int32, _ interest: Interest, _ key: UInt64) -> Bool {
    var event = epoll_event()
    event.events = interest.rawValue
    event.data.u64 = key
    return epoll_ctl(descriptor, operation, watched, &event) == 0
  }
}
