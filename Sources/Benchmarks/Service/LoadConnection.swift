import Glibc

/// One keep-alive connection to the service with the requests that wait for their answers on it, in order.
final class LoadConnection {
  /// Closed where it is negative.
  var descriptor: Int32 = -1
  let output = SendBuffer()
  /// The beginning of an answer that has not come whole yet.
  var partial: [UInt8] = []
  var isDirty = false
  private var waiting: [Ticket]
  private var first = 0
  private(set) var inFlight = 0

  init(depth: Int) {
    waiting = [Ticket](repeating: Ticket(number: 0, due: 0), count: depth)
  }

  func push(_ ticket: Ticket) {
    waiting[(first + inFlight) % waiting.count] = ticket
    inFlight += 1
  }

  /// The request that the next answer belongs to; nil where none waits.
  func pop() -> Ticket? {
    guard inFlight > 0 else { return nil }
    let ticket = waiting[first]
    first = (first + 1) % waiting.count
    inFlight -= 1
    return ticket
  }

  enum Flushed { case whole, partly, ended }

  /// Sends what can be sent now.
  func flush() -> Flushed {
    isDirty = false
    while output.count > 0 {
      let bytes = output.bytes
      let sent = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      if sent > 0 {
        output.removeFirst(sent)
      } else {
        return sent < 0 && (errno == EAGAIN || errno == EINTR) ? .partly : .ended
      }
    }
    return .whole
  }

  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
    output.removeAll()
    partial = []
  }
}
