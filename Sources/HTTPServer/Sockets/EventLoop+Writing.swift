extension EventLoop {
  /// Writes the answers whose turn it is: one `send` for all of a turn, as long as the client takes them.
  func flush(_ connection: Connection) {
    connection.isDirty = false
    guard sendOutput(connection) else { return }
    while connection.output.isEmpty, !connection.isClosing {
      gather(connection)
      guard !sendBuffer.isEmpty else { break }
      guard sendGathered(connection) else { return }
    }
    if connection.output.isEmpty, connection.isClosing {
      finish(connection)
    } else if connection.isIdle, connection.isPeerFinished {
      close(connection)
    } else {
      settle(connection)
    }
  }

  /// Puts as many answers into the buffer as belong in one piece.
  private func gather(_ connection: Connection) {
    if sendBuffer.capacity > 1 << 20 { sendBuffer = [] }
    sendBuffer.removeAll(keepingCapacity: true)
    while sendBuffer.count < configuration.limits.outputBytes,
      let (response, manner) = connection.answers.takeReady()
    {
      var manner = manner
      let isLast = drainDeadline != nil && connection.isIdle
      if isLast || ResponseWriter.closes(response) { manner.persistence = .close }
      ResponseWriter.append(response, manner, date: dateLine, to: &sendBuffer)
      if manner.persistence == .close {
        connection.isClosing = true
        connection.isReadingOver = true
        connection.unread = []
        connection.answers.removeAll()
        return
      }
    }
    if connection.owesContinue, connection.answers.isEmpty {
      connection.owesContinue = false
      sendBuffer.append(contentsOf: ResponseWriter.continueBytes)
    }
  }

  private func sendGathered(_ connection: Connection) -> Bool {
    let outcome = sendBuffer.withUnsafeBytes { Socket.send(connection.descriptor, $0) }
    switch outcome {
    case .bytes(let count):
      counts.bytesSent += count
      connection.lastActivity = now
      if count < sendBuffer.count { keep(connection, from: count) }
      return true
    case .wouldBlock:
      connection.lastActivity = now
      keep(connection, from: 0)
      return true
    case .ended, .failed:
      counts.brokenConnections += 1
      close(connection)
      return false
    }
  }

  private func keep(_ connection: Connection, from start: Int) {
    connection.output = Array(sendBuffer[start...])
    connection.outputStart = 0
  }

  /// Sends on what the client did not take; false where the connection is no more.
  private func sendOutput(_ connection: Connection) -> Bool {
    guard !connection.output.isEmpty else { return true }
    let outcome = connection.output.withUnsafeBytes {
      Socket.send(connection.descriptor, UnsafeRawBufferPointer(rebasing: $0[connection.outputStart...]))
    }
    switch outcome {
    case .bytes(let count):
      counts.bytesSent += count
      connection.lastActivity = now
      connection.outputStart += count
      if connection.outputStart == connection.output.count { connection.output = [] }
      return true
    case .wouldBlock:
      return true
    case .ended, .failed:
      counts.brokenConnections += 1
      close(connection)
      return false
    }
  }

  /// Everything is said: sends the end, and reads until the client's.
  ///
  /// Closing at once with bytes unread would have the system send a reset, which can take the answer away from the client before
  /// it has read it (RFC 9112 section 9.6).
  func finish(_ connection: Connection) {
    guard !connection.isPeerFinished, !connection.hasClientClosed else {
      close(connection)
      return
    }
    Socket.finishSending(connection.descriptor)
    connection.isLingering = true
    connection.isReadingOver = true
    connection.lastActivity = now
    settle(connection)
  }

  /// After every change: what epoll watches, when patience ends, what is held, whether reading goes on.
  func settle(_ connection: Connection) {
    guard connection.isOpen else { return }
    let mayRead = connection.mayRead(configuration.limits)
    if mayRead, !connection.unread.isEmpty, !connection.isResumable {
      connection.isResumable = true
      resumable.append(connection)
    }
    let interest: Poller.Interest =
      if !connection.output.isEmpty {
        .write
      } else if connection.isLingering || mayRead && connection.unread.isEmpty {
        .read
      } else { [] }
    if interest != connection.interest {
      if interest == .read { connection.readingSince = now }
      connection.interest = interest
      poller.change(connection.descriptor, interest, key: connection.key)
    }
    countHeldBytes(connection)
    deadlines[connection.slot] = deadline(connection)
  }
}
