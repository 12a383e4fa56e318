extension EventLoop {
  /// When patience with a connection ends; never while it is the handler's turn.
  func deadline(_ connection: Connection) -> UInt64 {
    let timeouts = configuration.timeouts
    func after(_ milliseconds: Int, _ start: UInt64) -> UInt64 {
      let span = UInt64(clamping: milliseconds).multipliedReportingOverflow(by: Self.millisecond)
      let sum = start.addingReportingOverflow(span.partialValue)
      return span.overflow || sum.overflow ? .max : sum.partialValue
    }
    if !connection.output.isEmpty {
      return after(timeouts.stalledReaderMilliseconds, connection.lastActivity)
    }
    if connection.isLingering { return after(timeouts.lingerMilliseconds, connection.lastActivity) }
    guard connection.interest == .read else {
      connection.bodyWindow = nil
      return .max
    }
    let parser = connection.parser
    if parser.isInBody {
      if connection.owesContinue { return .max }
      if connection.bodyWindow?.request != parser.startedAt {
        connection.bodyWindow = (now, parser.startedAt, parser.bodyBytes)
      }
      return after(timeouts.bodyWindowMilliseconds, connection.bodyWindow?.start ?? now)
    }
    if !parser.isIdle {
      return after(timeouts.headMilliseconds, max(parser.startedAt, connection.readingSince))
    }
    if !connection.answers.isEmpty { return .max }
    return connection.hasServed
      ? after(timeouts.idleMilliseconds, connection.lastActivity)
      : after(timeouts.firstByteMilliseconds, connection.acceptedAt)
  }

  /// Patience has ended.
  func expire(_ connection: Connection) {
    let parser = connection.parser
    if connection.isLingering || !connection.output.isEmpty || parser.isIdle {
      counts.timedOutConnections += connection.isLingering ? 0 : 1
      close(connection)
    } else if parser.isInBody {
      if hasGrownEnough(connection) {
        connection.bodyWindow = (now, parser.startedAt, parser.bodyBytes)
        settle(connection)
      } else {
        timeOut(connection, .bodyTooSlow)
      }
    } else {
      timeOut(connection, .headTimeout)
    }
  }

  private func hasGrownEnough(_ connection: Connection) -> Bool {
    guard let window = connection.bodyWindow else { return true }
    let grown = connection.parser.bodyBytes - window.bytes
    let timeouts = configuration.timeouts
    return grown >= timeouts.bodyBytesPerSecond * timeouts.bodyWindowMilliseconds / 1_000
  }

  private func timeOut(_ connection: Connection, _ refusal: HTTPRefusal) {
    counts.timedOutConnections += 1
    refuse(connection, refusal)
    settle(connection)
  }
}
