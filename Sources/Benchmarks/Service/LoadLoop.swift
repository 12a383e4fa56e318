import CLinux
import Glibc

/// Sends a workload over keep-alive connections from one thread, with epoll.
///
/// A request that is due goes to a connection that waits for nothing; where all wait, it is sent behind the requests on one
/// of them, up to the depth. What finds no place is sent as soon as there is one, and is late for it.
final class LoadLoop<Work: Workload> {
  private let work: Work
  private let address: ServiceAddress
  private let depth: Int
  /// Nanoseconds that the loop sleeps whatever comes, so that few wake-ups serve many requests; 0 where it does not.
  private let tick: Int
  private let connections: [LoadConnection]
  private let epoll: Int32
  /// Connections that wait for nothing, the one that has done so longest first, so that all are used.
  private var idle: [Int] = []
  private var firstIdle = 0
  private var cursor = 0
  private(set) var inFlight = 0
  /// How often a connection ended that was in use.
  private(set) var broken = 0
  /// How many connections are open.
  var openCount: Int { connections.count { $0.descriptor >= 0 } }
  private var closed: [Int] = []
  private var nextAttempt = 0
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)

  init(
    _ work: Work, to address: ServiceAddress, connections count: Int, depth: Int, tickMicroseconds: Int
  ) throws(LoadError) {
    self.work = work
    self.address = address
    self.depth = depth
    tick = tickMicroseconds * 1000
    connections = (0..<count).map { _ in LoadConnection(depth: depth) }
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw .system(call: "epoll_create1", about: "the loop", code: errno) }
    for place in 0..<count { try open(place) }
    Self.sleepExactly()
  }

  deinit {
    for connection in connections { connection.close() }
    close(epoll)
    input.deallocate()
  }

  /// Runs the workload to its end.
  func run() throws(LoadError) {
    let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: 256)
    defer { events.deallocate() }
    while true {
      var now = monotonicNanoseconds()
      if work.isOver(at: now, inFlight: inFlight) { return }
      reopen(at: now)
      sendDue(at: now)
      let count = wait(events, from: now)
      if count < 0, errno != EINTR { throw .system(call: "epoll_pwait2", about: address.text, code: errno) }
      now = monotonicNanoseconds()
      for place in 0..<max(0, Int(count)) {
        let event = events[place]
        let index = Int(event.data.u32)
        if event.events & EPOLLOUT.rawValue != 0 { flush(index, watched: true) }
        if event.events & ~EPOLLOUT.rawValue != 0 { try receive(index, at: now) }
      }
    }
  }

  private func sendDue(at now: Int) {
    var touched: [Int] = []
    while let due = work.nextDue, due <= now, let index = place() {
      let connection = connections[index]
      connection.push(work.write(into: connection.output, at: now))
      inFlight += 1
      if !connection.isDirty {
        connection.isDirty = true
        touched.append(index)
      }
    }
    for index in touched where connections[index].isDirty { flush(index, watched: false) }
  }

  /// Sends what waits; epoll looks for room only as long as there is none, because on a Unix socket every read of the other
  /// side would be news otherwise.
  private func flush(_ index: Int, watched: Bool) {
    let connection = connections[index]
    guard connection.descriptor >= 0 else { return }
    switch connection.flush() {
    case .whole: if watched { watch(index, EPOLL_CTL_MOD, room: false) }
    case .partly: if !watched { watch(index, EPOLL_CTL_MOD, room: true) }
    case .ended: end(index)
    }
  }

  @discardableResult
  private func watch(_ index: Int, _ change: Int32, room: Bool) -> Bool {
    var event = epoll_event()
    event.events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue | (room ? EPOLLOUT.rawValue : 0)
    event.data.u32 = UInt32(index)
    return epoll_ctl(epoll, change, connections[index].descriptor, &event) == 0
  }

  /// A connection for one more request.
  private func place() -> Int? {
    while firstIdle < idle.count {
      let index = idle[firstIdle]
      firstIdle += 1
      if firstIdle == 4096 {
        idle.removeFirst(firstIdle)
        firstIdle = 0
      }
      // One that was closed meanwhile is idle no longer.
      if connections[index].descriptor >= 0, connections[index].inFlight == 0 { return index }
    }
    guard depth > 1, inFlight < connections.count * depth else { return nil }
    for _ in connections {
      cursor = (cursor + 1) % connections.count
      if connections[cursor].descriptor >= 0, connections[cursor].inFlight < depth { return cursor }
    }
    return nil
  }

  private func wait(_ events: UnsafeMutablePointer<epoll_event>, from now: Int) -> Int32 {
    // Where nothing is due or no connection is free, only answers wake the loop; it still looks whether the run is over.
    var until = now + 50_000_000
    if let due = work.nextDue, due > now { until = min(until, due) }
    var timeout = timespec(tv_sec: 0, tv_nsec: max(0, until - monotonicNanoseconds()))
    if tick > 0 {
      // Answers that come meanwhile are counted as if they came at its end.
      timeout.tv_nsec = tick
      clock_nanosleep(CLOCK_MONOTONIC, 0, &timeout, nil)
      timeout.tv_nsec = 0
    }
    return epoll_pwait2(epoll, events, 256, &timeout, nil)
  }

  private func receive(_ index: Int, at now: Int) throws(LoadError) {
    let connection = connections[index]
    while connection.descriptor >= 0 {
      let kept = connection.partial.count
      guard kept < input.count else { throw .answer("more than \(input.count) bytes") }
      if kept > 0 { input.copyBytes(from: connection.partial) }
      let got = recv(connection.descriptor, input.baseAddress?.advanced(by: kept), input.count - kept, 0)
      if got <= 0 {
        if got == 0 || (errno != EAGAIN && errno != EINTR) { end(index) }
        return
      }
      try take(UnsafeRawBufferPointer(rebasing: input[..<(kept + got)]), index, at: now)
      // A short read has emptied the socket (epoll(7)).
      if kept + got < input.count { return }
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, _ index: Int, at now: Int) throws(LoadError) {
    let connection = connections[index]
    var rest = bytes
    while let answer = try AnswerScanner.next(rest) {
      guard let ticket = connection.pop() else { throw .answer("one that nothing was asked for") }
      inFlight -= 1
      work.answered(ticket, answer, at: now)
      if answer.closes { return end(index) }
      rest = UnsafeRawBufferPointer(rebasing: rest[answer.length...])
    }
    if rest.count > 0 || !connection.partial.isEmpty { connection.partial = Array(rest) }
    if connection.inFlight == 0 { idle.append(index) }
  }

  private func end(_ index: Int) {
    let connection = connections[index]
    guard connection.descriptor >= 0 else { return }
    connection.close()
    broken += 1
    work.connectionEnded()
    while let ticket = connection.pop() {
      inFlight -= 1
      work.lost(ticket)
    }
    closed.append(index)
  }

  /// Opens closed connections again, at most every tenth of a second.
  private func reopen(at now: Int) {
    guard !closed.isEmpty, now >= nextAttempt else { return }
    nextAttempt = now + 100_000_000
    let again = closed
    closed = []
    for index in again {
      do throws(LoadError) { try open(index) } catch { closed.append(index) }
    }
  }

  private func open(_ index: Int) throws(LoadError) {
    connections[index].descriptor = try address.connect()
    guard watch(index, EPOLL_CTL_ADD, room: false) else {
      let code = errno
      connections[index].close()
      throw .system(call: "epoll_ctl", about: address.text, code: code)
    }
    idle.append(index)
  }

  /// Linux lets a sleep be 50 microseconds longer so that wake-ups can be shared; here that would be measured as latency.
  private static func sleepExactly() {
    guard let file = fopen("/proc/self/timerslack_ns", "w") else { return }
    fputs("1", file)
    fclose(file)
  }
}
