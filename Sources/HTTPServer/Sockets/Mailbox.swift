import CLinux
import Glibc
import Synchronization

/// What other threads tell a loop: many letters, one wake-up.
final class Mailbox: Sendable {
  enum Letter: Sendable {
    /// An exchange has ended.
    case answer(ExchangeEnd, AnswerTicket)
    /// A connection that another loop accepted.
    case connection(Int32)
    /// Stop, at the latest at this time of the monotonic clock.
    case drain(deadline: UInt64)
  }

  private struct Content {
    var letters: [Letter] = []
    var isClosed = false
  }

  /// Readable as long as there may be letters.
  let wakeDescriptor: Int32
  /// How many connections the loop has, or is about to have.
  let connections = Atomic<Int>(0)
  private let content = Mutex(Content())

  /// Nil where the system has no more descriptors.
  init?() {
    wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeDescriptor >= 0 else { return nil }
  }

  deinit { Socket.close(wakeDescriptor) }

  /// Leaves a letter; false where the loop has ended.
  @discardableResult
  func post(_ letter: Letter) -> Bool {
    let (isTaken, isFirst) = content.withLock { content in
      guard !content.isClosed else { return (false, false) }
      content.letters.append(letter)
      return (true, content.letters.count == 1)
    }
    if isFirst { _ = eventfd_write(wakeDescriptor, 1) }
    return isTaken
  }

  /// Takes all letters and gives an empty array with room in exchange.
  func collect(into letters: inout [Letter]) {
    var number: eventfd_t = 0
    _ = eventfd_read(wakeDescriptor, &number)
    content.withLock { swap(&$0.letters, &letters) }
  }

  /// Takes no more letters, and gives back those that nobody read.
  func close() -> [Letter] {
    content.withLock { content in
      content.isClosed = true
      defer { content.letters = [] }
      return content.letters
    }
  }
}
