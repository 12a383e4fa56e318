import Dispatch
import Glibc
import Synchronization

/// Signals as values, one after the other, instead of the end of the process.
final class SignalWatch {
  /// The signals that mean something to a program that keeps running.
  enum Signal: CaseIterable, Sendable {
    case terminate, interrupt, hangUp

    var number: Int32 {
      switch self {
      case .terminate: SIGTERM
      case .interrupt: SIGINT
      case .hangUp: SIGHUP
      }
    }
  }

  private final class Inbox: Sendable {
    let arrived = DispatchSemaphore(value: 0)
    let waiting = Mutex<[Signal]>([])
  }

  private let inbox = Inbox()
  private var sources: [any DispatchSourceSignal] = []

  /// Watches from now on; what the signals did before they do no more.
  init(_ signals: [Signal]) {
    let inbox = inbox
    let registered = DispatchSemaphore(value: 0)
    for watched in signals {
      signal(watched.number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: watched.number, queue: .global())
      source.setEventHandler {
        inbox.waiting.withLock { $0.append(watched) }
        inbox.arrived.signal()
      }
      source.setRegistrationHandler { registered.signal() }
      source.resume()
      sources.append(source)
      // Dispatch registers it behind our back: a signal that came before would be ignored for good.
      registered.wait()
    }
  }

  /// The next signal; waits for it.
  func next() -> Signal {
    while true {
      inbox.arrived.wait()
      if let first = inbox.waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
    }
  }
}
