/// One client's connection; touched by its loop's thread alone.
///
/// An idle one holds no buffer: what is read lies in the loop's buffer, and what is written too, as long as the client takes it at once.
final class Connection {
  let descriptor: Int32
  let slot: Int
  let generation: UInt32
  let acceptedAt: UInt64
  var parser: RequestParser
  var answers = AnswerQueue()

  /// Read, and not parsed yet because too many requests wait for their answers.
  var unread: [UInt8] = []
  /// Written, and not taken by the client yet, from `outputStart` on.
  var output: [UInt8] = []
  var outputStart = 0

  /// What epoll watches.
  var interest: Poller.Interest = .read
  /// Bytes that count against the loop's `bytesInFlight`.
  var heldBytes = 0

  /// No more requests are read: the client is to be told something, or has said that it will close.
  var isReadingOver = false
  /// The client sends nothing more.
  var isPeerFinished = false
  /// The client said that this request is its last, and has sent nothing after it: there is nothing to await.
  var hasClientClosed = false
  /// After what is being written the connection ends.
  var isClosing = false
  /// Everything is said; only the client's end is awaited.
  var isLingering = false
  var isOpen = true
  /// Has answers to write.
  var isDirty = false
  /// Waits in the list of those that may be read on.
  var isResumable = false
  /// 100 is to be sent as soon as the earlier requests are answered.
  var owesContinue = false
  var hasServed = false

  /// When bytes last came or went.
  var lastActivity: UInt64
  /// Since when it is the client's turn to send.
  var readingSince: UInt64
  /// The beginning of the window in which the body has to grow: when, of which request, from how many bytes.
  var bodyWindow: (start: UInt64, request: UInt64, bytes: Int)?

  init(descriptor: Int32, slot: Int, generation: UInt32, now: UInt64, limits: HTTPLimits) {
    self.descriptor = descriptor
    self.slot = slot
    self.generation = generation
    acceptedAt = now
    lastActivity = now
    readingSince = now
    parser = RequestParser(limits: limits)
  }

  /// The name under which epoll knows it.
  var key: UInt64 { UInt64(generation) << 32 | UInt64(slot) }

  /// Nothing is being read, answered or written.
  var isIdle: Bool { parser.isIdle && answers.isEmpty && output.isEmpty && unread.isEmpty }

  /// Whether more requests may be read now.
  func mayRead(_ limits: HTTPLimits) -> Bool {
    !isReadingOver && !isClosing && output.isEmpty && answers.count < limits.requestsInFlight
  }
}
