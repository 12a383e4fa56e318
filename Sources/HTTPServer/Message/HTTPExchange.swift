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
    self.init(ClosureReceiver(take: receive), AnswerTicket(slot: 0, generation: 0, sequence: 0))
  }

  /// Answers the request; every call but the first does nothing.
  public func respond(_ response: consuming HTTPResponse) { _ = respondIfOpen(response) }

  /// Answers the request unless it was answered before; tells whether it did.
  public func respondIfOpen(_ response: consuming HTTPResponse) -> Bool {
    guard !isAnswered.exchange(true, ordering: .relaxed) else { return false }
    receiver.receive(.made(response), ticket)
    return true
  }

  /// Answers the request, unless it was answered before, with what its own loop makes: for who has no time to write answers.
  public func respondIfOpen(making response: @escaping @Sendable () -> HTTPResponse) {
    guard !isAnswered.exchange(true, ordering: .relaxed) else { return }
    receiver.receive(.toMake(response), ticket)
  }

  deinit {
    if !isAnswered.load(ordering: .relaxed) { receiver.receive(.dropped, ticket) }
  }
}

/// What an exchange ends with.
enum ExchangeEnd: Sendable {
  case made(HTTPResponse)
  /// The answer is still to be made, by the loop that sends it.
  case toMake(@Sendable () -> HTTPResponse)
  /// Nobody answered.
  case dropped

  /// The answer; nil where there is none.
  var response: HTTPResponse? {
    switch self {
    case .made(let response): response
    case .toMake(let make): make()
    case .dropped: nil
    }
  }
}

/// Which request of which connection is answered.
struct AnswerTicket: Sendable, Hashable {
  let slot: UInt32
  /// Tells the connection from the one that had the slot before.
  let generation: UInt32
  let sequence: UInt32
}

/// Takes the ends of exchanges, from any thread.
protocol AnswerReceiver: AnyObject, Sendable {
  func receive(_ end: ExchangeEnd, _ ticket: AnswerTicket)
}

private final class ClosureReceiver: AnswerReceiver {
  let take: @Sendable (HTTPResponse?) -> Void

  init(take: @escaping @Sendable (HTTPResponse?) -> Void) { self.take = take }

  func receive(_ end: ExchangeEnd, _ ticket: AnswerTicket) { take(end.response) }
}
