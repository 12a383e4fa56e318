import CLinux
import Glibc
import Synchronization

extension EventLoop {
  /// Accepts what waits, a share of it each turn, and gives connections to the loop that has the fewest.
  func accept() {
    guard let listener else { return }
    for _ in 0..<64 {
      let descriptor = accept4(
        listener.descriptor, nil, nil, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      guard descriptor >= 0 else {
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EAGAIN: return
        default:
          // Descriptors or memory have run out: who waits goes on waiting, and the loop does not spin.
          poller.remove(listener.descriptor)
          acceptsAgainAt = now + 100 * Self.millisecond
          return
        }
      }
      counts.acceptedConnections += 1
      distribute(descriptor)
    }
  }

  private func distribute(_ descriptor: Int32) {
    var total = 0
    let own = mailbox.connections.load(ordering: .relaxed)
    var fewest = own
    var receiver = mailbox
    for other in mailboxes {
      let count = other.connections.load(ordering: .relaxed)
      total += count
      if count < fewest { (fewest, receiver) = (count, other) }
    }
    if total >= configuration.limits.connections {
      counts.refusedConnections += 1
      refuse(descriptor, isCrowded: total >= configuration.limits.connections + Self.refusalPlaces)
      return
    }
    // Handing one over wakes the other loop; for a small difference that is not worth it.
    if own <= fewest + fewest / 8 + 1 { receiver = mailbox }
    receiver.connections.wrappingAdd(1, ordering: .relaxed)
    if receiver === mailbox {
      open(descriptor)
    } else if !receiver.post(.connection(descriptor)) {
      // The other loop has ended in this moment.
      receiver.connections.wrappingSubtract(1, ordering: .relaxed)
      mailbox.connections.wrappingAdd(1, ordering: .relaxed)
      open(descriptor)
    }
  }

  /// So many over the limit are told so; the rest is closed without a word.
  private static let refusalPlaces = 256

  private func refuse(_ descriptor: Int32, isCrowded: Bool) {
    let response = refusal(.tooManyConnections)
    guard !isCrowded else {
      Socket.close(descriptor)
      return
    }
    mailbox.connections.wrappingAdd(1, ordering: .relaxed)
    guard let connection = open(descriptor), !connection.isLingering else { return }
    answerAndClose(connection, response)
  }

  /// Takes a connection that was counted already.
  @discardableResult
  func open(_ descriptor: Int32) -> Connection? {
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
    } else {
      slot = connections.count
      connections.append(nil)
      deadlines.append(.max)
    }
    nextGeneration &+= 1
    let connection = Connection(
      descriptor: descriptor, slot: slot, generation: nextGeneration, now: now, limits: configuration.limits)
    connections[slot] = connection
    guard poller.add(descriptor, .read, key: connection.key) else {
      close(connection)
      return nil
    }
    if drainDeadline != nil { lastCall(connection) } else { settle(connection) }
    return connection.isOpen ? connection : nil
  }

  func close(_ connection: Connection) {
    guard connection.isOpen else { return }
    connection.isOpen = false
    heldBytes -= connection.heldBytes
    Socket.close(connection.descriptor)
    connections[connection.slot] = nil
    deadlines[connection.slot] = .max
    freeSlots.append(connection.slot)
    mailbox.connections.wrappingSubtract(1, ordering: .relaxed)
  }

  // MARK: Stopping

  /// Begins to stop: nothing new is accepted, idle connections are closed, the others after their answer.
  func drain(_ deadline: UInt64) {
    if let earlier = drainDeadline {
      drainDeadline = min(earlier, deadline)
      return
    }
    // Who is in the queue of the listener has been promised a connection by the system.
    accept()
    if let listener, acceptsAgainAt == nil { poller.remove(listener.descriptor) }
    drainDeadline = deadline
    acceptsAgainAt = nil
    listener = nil
    for connection in connections {
      if let connection, connection.isOpen { lastCall(connection) }
    }
  }

  /// Takes what a connection has sent already, and closes it if that is nothing.
  private func lastCall(_ connection: Connection) {
    if connection.isIdle { read(connection) }
    // Nothing has come, so the system sends an orderly end and no reset.
    if connection.isOpen, connection.isIdle, !connection.isLingering { close(connection) }
  }
}
