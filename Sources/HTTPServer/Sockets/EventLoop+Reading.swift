extension EventLoop {
  /// Reads once from a connection that has something.
  func read(_ connection: Connection) {
    switch Socket.receive(connection.descriptor, into: receiveBuffer) {
    case .bytes(let count):
      counts.bytesReceived += count
      guard !connection.isLingering else { return }
      connection.lastActivity = now
      let bytes = UnsafeRawBufferPointer(rebasing: receiveBuffer[..<count]).bindMemory(to: UInt8.self)
      parse(connection, bytes.span)
      if !connection.isDirty { settle(connection) }
    case .ended:
      peerFinished(connection)
    case .wouldBlock:
      break
    case .failed:
      counts.brokenConnections += connection.isIdle || connection.isLingering ? 0 : 1
      close(connection)
    }
  }

  /// Goes on with what was read before.
  func readOn(_ connection: Connection) {
    let bytes = connection.unread
    connection.unread = []
    connection.lastActivity = now
    parse(connection, bytes.span)
    if !connection.isDirty { settle(connection) }
  }

  private func parse(_ connection: Connection, _ input: Span<UInt8>) {
    var position = 0
    while true {
      guard connection.mayRead(configuration.limits) else {
        if !connection.isReadingOver, !connection.isClosing, position < input.count {
          input.extracting(position..<input.count).withUnsafeBufferPointer { connection.unread = Array($0) }
        }
        return
      }
      do {
        guard let event = try connection.parser.next(input, at: &position, now: now) else {
          checkHeldBytes(connection)
          return
        }
        switch event {
        case .expectsContinue:
          // Who sends without waiting need not be told (RFC 9110 section 10.1.1).
          if position == input.count {
            connection.owesContinue = true
            markDirty(connection)
          }
        case .request(let request, let persistence):
          take(connection, request, persistence)
          connection.hasClientClosed =
            persistence == .close && position == input.count && input.count < receiveBuffer.count
        }
      } catch {
        refuse(connection, error)
        return
      }
    }
  }

  private func take(
    _ connection: Connection, _ request: HTTPRequest, _ persistence: MessageFraming.Persistence
  ) {
    connection.hasServed = true
    connection.owesContinue = false
    connection.bodyWindow = nil
    if persistence == .close { connection.isReadingOver = true }
    let sequence = connection.answers.open(
      ResponseWriter.Manner(isHead: request.method == .head, persistence: persistence))
    handle(
      request,
      AnswerTicket(
        slot: UInt32(truncatingIfNeeded: connection.slot), generation: connection.generation,
        sequence: sequence))
  }

  private func peerFinished(_ connection: Connection) {
    connection.isPeerFinished = true
    if connection.isLingering {
      close(connection)
    } else if !connection.parser.isIdle, !connection.isReadingOver {
      refuse(connection, .incompleteRequest)
      settle(connection)
    } else if connection.answers.isEmpty, connection.output.isEmpty {
      close(connection)
    } else {
      // What was asked is still answered.
      connection.isReadingOver = true
      settle(connection)
    }
  }

  /// One who makes the loop hold too much is sent away; everybody else is served on.
  private func checkHeldBytes(_ connection: Connection) {
    countHeldBytes(connection)
    if heldBytes > configuration.limits.bytesInFlight, !connection.parser.isIdle {
      refuse(connection, .tooMuchInFlight)
    }
  }

  /// Brings the loop's count up to date with a connection.
  func countHeldBytes(_ connection: Connection) {
    let held = connection.parser.heldBytes + connection.unread.count + connection.output.count
    heldBytes += held - connection.heldBytes
    connection.heldBytes = held
  }

  /// Answers with a refusal after everything that was asked before, and reads no further.
  func refuse(_ connection: Connection, _ refusal: HTTPRefusal) {
    answerAndClose(connection, self.refusal(refusal))
  }

  /// Gives an answer after everything that was asked before, and ends the connection with it.
  func answerAndClose(_ connection: Connection, _ response: HTTPResponse) {
    connection.isReadingOver = true
    connection.owesContinue = false
    connection.unread = []
    connection.parser = RequestParser(limits: configuration.limits)
    // At once, or the next connection of this turn would pay for this one too.
    countHeldBytes(connection)
    let sequence = connection.answers.open(ResponseWriter.Manner(isHead: false, persistence: .close))
    _ = connection.answers.fill(sequence, response)
    markDirty(connection)
  }
}
