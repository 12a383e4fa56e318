import Synchronization

/// The right to answer one request: once, from any thread, now or later.
///
/// One that is let go of without an answer answers 500 by itself, so that no client waits for ever.
public final class HTTPExchange: Sendable {
  /// Who takes the answer.
  private let receiver: any AnswerReceiver
  private let ticket: AnswerTicket
  private let isAnswered = Atomic<Bool>(false)

  init(_ receiver: any AnswerReceiver, _ ticket: AnswerTicket) {
    self.receiver = receiver
    self.ticket = ticket
  }

  /// An exchange without a server, for the tests of handlers; nil is an exchange dropped without an answer.
  public convenience init(_ receive: @escaping @Sendable (HTTPResponse?) -> Void) {
    self.init(ClosureReceiver(receive: receive), AnswerTicket(slot: 0, generation: 0, sequence: 0))
  }

  /// Answers the request; every call but the first does nothing.
  public func respond(_ response: consuming HTTPResponse) { _ = respondIfOpen(response) }

  /// Answers the request unless it was answered before; tells whether it did.
  public func respondIfOpen(_ response: consuming HTTPResponse) -> Bool {
    guard !isAnswered.exchange(true, ordering: .relaxed) else { return false }
    receiver.receive(response, ticket)
    return true
  }

  deinit {
    if !isAnswered.load(ordering: .relaxed) { receiver.receive(nil, ticket) }
  }
}

/// Which request of which connection is answered.
struct AnswerTicket: Sendable, Hashable {
  let slot: UInt32
  /// Tells the connection from the one that had the slot before.
  let generation: UInt32
  let sequence: UInt32
}

/// Takes answers, from any thread; nil stands for an exchange that was dropped.
protocol AnswerReceiver: AnyObject, Sendable {
  func receive(_ response: HTTPResponse?, _ ticket: AnswerTicket)
}

private final class ClosureReceiver: AnswerReceiver {
  let take: @Sendable (HTTPResponse?) -> Void

  init(receive: @escaping @Sendable (HTTPResponse?) -> Void) { take = receive }

  func receive(_ response: HTTPResponse?, _ ticket: AnswerTicket) { take(response) }
}
