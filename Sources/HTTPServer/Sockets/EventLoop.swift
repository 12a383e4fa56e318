import CLinux
import Glibc
import Synchronization

/// One thread's loop: waits, reads, has the handler answer, writes; nothing in it is shared but its mailbox and its counts.
///
/// `@unchecked Sendable`: everything that changes is touched by the thread of `run` alone. Other threads reach `receive`, which looks
/// at `thread` (atomic) and posts to `mailbox` (locked), and `counters` (locked).
final class EventLoop: AnswerReceiver, @unchecked Sendable {
  let configuration: HTTPServerConfiguration
  let mailbox: Mailbox
  /// The mailboxes of all loops, this one's included.
  let mailboxes: [Mailbox]
  let poller: Poller
  var listener: Listener?
  var handler: (any HTTPHandler)?

  var connections: [Connection?] = []
  /// When each connection's patience ends, in one piece: 10,000 of them are looked through in some microseconds.
  var deadlines: [UInt64] = []
  var freeSlots: [Int] = []
  var nextGeneration: UInt32 = 0
  /// Connections with answers to write.
  var dirty: [Connection] = []
  /// Connections that hold bytes which may be parsed now.
  var resumable: [Connection] = []
  var heldBytes = 0

  /// The time of this turn.
  var now: UInt64
  /// When the deadlines are looked at again.
  private var nextTick: UInt64 = 0
  /// Until when nothing is accepted because descriptors had run out.
  var acceptsAgainAt: UInt64?
  /// When what is left is cut; nil as long as nobody wants to stop.
  var drainDeadline: UInt64?
  private var hasRequests = false

  /// Lent to each connection in turn.
  let receiveBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  var sendBuffer: [UInt8] = []
  private var letters: [Mailbox.Letter] = []
  private(set) var dateLine: [UInt8] = []
  private var dateReadAt: UInt64 = 0

  var counts = HTTPServerCounters()
  private let published = Mutex(HTTPServerCounters())
  private let thread = Atomic<UInt>(0)
  private let clocks: HTTPClocks

  static let millisecond: UInt64 = 1_000_000
  private static let wakeKey = UInt64.max
  private static let listenerKey = UInt64.max - 1

  /// Nil where the system has no more descriptors.
  init?(
    _ configuration: HTTPServerConfiguration, clocks: HTTPClocks, listener: Listener, mailbox: Mailbox,
    mailboxes: [Mailbox]
  ) {
    guard let poller = Poller(), poller.add(mailbox.wakeDescriptor, .read, key: Self.wakeKey) else {
      return nil
    }
    self.configuration = configuration
    self.clocks = clocks
    self.listener = listener
    self.mailbox = mailbox
    self.mailboxes = mailboxes
    self.poller = poller
    now = clocks.monotonicNanoseconds()
  }

  deinit { receiveBuffer.deallocate() }

  /// What this loop has counted, as of its last turn.
  var counters: HTTPServerCounters { published.withLock { $0 } }

  /// Runs until it is drained.
  func run(_ handler: any HTTPHandler) {
    self.handler = handler
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    watchListener()
    while !isDone {
      let count = poller.wait(milliseconds: pause)
      now = max(now, clocks.monotonicNanoseconds())
      refreshDateLine()
      resume()
      for index in 0..<count { serve(poller.readiness(index)) }
      if hasRequests {
        hasRequests = false
        handler.turnEnded()
      }
      flushDirty()
      if now >= nextTick { tick() }
      publish()
    }
    end()
  }

  // MARK: Answers

  func receive(_ end: ExchangeEnd, _ ticket: AnswerTicket) {
    if UInt(pthread_self()) == thread.load(ordering: .relaxed) {
      take(end.response, ticket)
    } else {
      mailbox.post(.answer(end, ticket))
    }
  }

  private func take(_ response: HTTPResponse?, _ ticket: AnswerTicket) {
    guard Int(ticket.slot) < connections.count, let connection = connections[Int(ticket.slot)],
      connection.generation == ticket.generation,
      connection.answers.fill(ticket.sequence, response ?? refusal(.unanswered))
    else {
      counts.lostAnswers += 1
      return
    }
    markDirty(connection)
  }

  /// Counts a refusal and makes its answer.
  func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
    counts.refusals[refusal, default: 0] += 1
    return configuration.refusalResponse(refusal)
  }

  func markDirty(_ connection: Connection) {
    guard !connection.isDirty else { return }
    connection.isDirty = true
    dirty.append(connection)
  }

  /// Hands a request to the handler.
  func handle(_ request: HTTPRequest, _ ticket: AnswerTicket) {
    counts.requests += 1
    hasRequests = true
    handler?.handle(request, HTTPExchange(self, ticket))
  }

  // MARK: One turn

  private func serve(_ ready: Poller.Readiness) {
    switch ready.key {
    case Self.wakeKey: readMail()
    case Self.listenerKey: accept()
    default:
      let slot = Int(ready.key & 0xFFFF_FFFF)
      // One that an earlier event of this turn closed may have given its slot on.
      guard slot < connections.count, let connection = connections[slot], connection.key == ready.key else {
        return
      }
      if ready.isBroken {
        counts.brokenConnections += connection.isIdle || connection.isLingering ? 0 : 1
        close(connection)
        return
      }
      if ready.isWritable { flush(connection) }
      if ready.isReadable, connection.isOpen { read(connection) }
    }
  }

  private func readMail() {
    mailbox.collect(into: &letters)
    for letter in letters {
      switch letter {
      // Made even where the connection is gone: who makes it counts it.
      case .answer(let end, let ticket): take(end.response, ticket)
      case .connection(let descriptor): open(descriptor)
      case .drain(let deadline): drain(deadline)
      }
    }
    letters.removeAll(keepingCapacity: true)
  }

  private func resume() {
    guard !resumable.isEmpty else { return }
    let connections = resumable
    resumable.removeAll(keepingCapacity: true)
    for connection in connections where connection.isOpen {
      connection.isResumable = false
      readOn(connection)
    }
  }

  private func flushDirty() {
    // Writing makes nothing dirty.
    for connection in dirty where connection.isOpen { flush(connection) }
    dirty.removeAll(keepingCapacity: true)
  }

  private func tick() {
    nextTick = now + UInt64(configuration.timeouts.tickMilliseconds) * Self.millisecond
    for slot in deadlines.indices where deadlines[slot] <= now {
      if let connection = connections[slot] { expire(connection) }
    }
    flushDirty()
    if let again = acceptsAgainAt, again <= now {
      acceptsAgainAt = nil
      watchListener()
    }
  }

  /// How long the next waiting may be; nil is for ever.
  private var pause: Int? {
    if !resumable.isEmpty { return 0 }
    var until = UInt64.max
    if connections.count > freeSlots.count || acceptsAgainAt != nil { until = nextTick }
    if let drainDeadline { until = min(until, drainDeadline) }
    guard until != .max else { return nil }
    // Rounded up, so that it is not too early.
    return until <= now ? 0 : Int(clamping: (until - now + Self.millisecond - 1) / Self.millisecond)
  }

  func watchListener() {
    guard let listener, drainDeadline == nil else { return }
    _ = poller.add(listener.descriptor, [.read, .exclusive], key: Self.listenerKey)
  }

  /// Reads the clock of the wall four times a second at most.
  private func refreshDateLine() {
    guard dateLine.isEmpty || now - dateReadAt >= 250 * Self.millisecond else { return }
    dateReadAt = now
    dateLine = Array("Date: \(HTTPDate.text(unixSeconds: clocks.unixSeconds()))\r\n".utf8)
  }

  private func publish() {
    counts.openConnections = connections.count - freeSlots.count
    counts.bytesInFlight = heldBytes
    published.withLock { $0 = counts }
  }

  // MARK: The end

  private var isDone: Bool {
    guard let drainDeadline else { return false }
    return connections.count == freeSlots.count || now >= drainDeadline
  }

  private func end() {
    for letter in mailbox.close() {
      if case .connection(let descriptor) = letter { Socket.close(descriptor) }
    }
    for connection in connections {
      guard let connection else { continue }
      counts.brokenConnections += connection.isLingering ? 0 : 1
      close(connection)
    }
    publish()
    handler = nil
    thread.store(0, ordering: .relaxed)
  }
}
