import Dispatch

/// One writer's place in the queue in which the writers of all processes take turns.
///
/// Two locks, a door and the turn: a writer takes the door, waits there for the turn, and then leaves the door to the
/// next. Whoever has just had a turn finds the door held by the one that waits and cannot overtake it, so of two
/// writers neither gets two turns while the other waits; a lock alone goes to whoever asks first after it is free,
/// which is mostly the one that has just had it. Behind the door the kernel queues in the order of arrival (Linux 5.0
/// and later).
///
/// Used by one thread at a time.
final class WriteTurn {
  private let database: String
  private var file: TurnFile?
  /// A wait that its caller has given up and that still stands in the queue.
  private var abandoned: TurnWait?

  /// A place for a writer of the database with this path, symbolic links resolved.
  init(database: String) {
    self.database = database
  }

  /// Waits for the turn; `.locked` when it has not come in time.
  func take(milliseconds: Int) throws(SQLiteError) {
    let file = try opened()
    let wait: TurnWait
    if let abandoned, abandoned.resume() {
      wait = abandoned
    } else {
      if try takeIfFree(file) { return }
      wait = TurnWait(file)
    }
    abandoned = nil
    if try !wait.outcome(milliseconds: milliseconds) {
      abandoned = wait
      throw SQLiteError(.locked, message: "other writers did not finish in time", path: database)
    }
  }

  /// Ends the turn; the next writer begins at once.
  func giveUp() {
    file?.unlock(.turn)
  }

  /// Keeps the door where the turn is not free: the wait that follows has it already.
  private func takeIfFree(_ file: TurnFile) throws(SQLiteError) -> Bool {
    guard try file.lock(.door, waiting: false), try file.lock(.turn, waiting: false) else { return false }
    file.unlock(.door)
    return true
  }

  private func opened() throws(SQLiteError) -> TurnFile {
    if let file { return file }
    let opened = try TurnFile.open(beside: database)
    file = opened
    return opened
  }
}

/// Waiting for door and turn on a thread of its own, because the kernel's queue knows no deadline.
///
/// A caller that has waited long enough leaves the wait behind: it cannot be called off, but gives the turn back if
/// it comes while nobody wants it.
private final class TurnWait: Sendable {
  private enum State {
    case wanted
    case unwanted
    case granted
    case over
    case failed(SQLiteError)
  }

  private let state = Guarded(State.wanted)
  private let told = DispatchSemaphore(value: 0)

  init(_ file: TurnFile) {
    // A serial queue of its own gets a thread even when all threads of the pool are busy.
    DispatchQueue(label: "bonitas.write-turn").async { [self] in
      do throws(SQLiteError) {
        _ = try file.lock(.door, waiting: true)
        defer { file.unlock(.door) }
        _ = try file.lock(.turn, waiting: true)
        state.withLock { state in
          if case .wanted = state {
            state = .granted
          } else {
            file.unlock(.turn)
            state = .over
          }
        }
      } catch {
        state.withLock { $0 = .failed(error) }
      }
      told.signal()
    }
  }

  /// Whether the turn comes in time.
  func outcome(milliseconds: Int) throws(SQLiteError) -> Bool {
    _ = told.wait(timeout: .now() + .milliseconds(milliseconds))
    return try state.withLock { state throws(SQLiteError) in
      switch state {
      case .granted: return true
      case .failed(let error): throw error
      case .wanted:
        state = .unwanted
        return false
      case .unwanted, .over: return false
      }
    }
  }

  /// Wants the turn again; false where it has come and gone.
  func resume() -> Bool {
    state.withLock { state in
      guard case .unwanted = state else { return false }
      state = .wanted
      return true
    }
  }
}
