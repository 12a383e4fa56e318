import Glibc

/// Signals as bytes in a pipe, and the terminal put in order where the program dies of one.
///
/// A handler may call little (signal-safety(7)): `write`, `tcsetattr`, `sigaction` and `raise` are all that happens here, on
/// memory that was set up before the handlers were.
enum SignalRelay {
  /// What handlers read: one session at a time holds the terminal.
  private struct Shared {
    var pipe: Int32 = -1
    var input: Int32 = -1
    var output: Int32 = -1
    var modes = termios()
    var isRaw = false
    var farewell: UnsafeMutableBufferPointer<UInt8>
    var endings = 0
  }

  /// The wish to end; a second one is not left waiting for the program.
  static let ending: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  private static let told: [Int32] = [SIGWINCH, SIGTSTP, SIGCONT]
  private static let crashing: [Int32] = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  // Written while no handler is installed, or by the handler of a process that is about to die.
  nonisolated(unsafe) private static let shared = {
    let memory = UnsafeMutablePointer<Shared>.allocate(capacity: 1)
    memory.initialize(to: Shared(farewell: UnsafeMutableBufferPointer(start: nil, count: 0)))
    return memory
  }()
  nonisolated(unsafe) private static let before = {
    let memory = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    memory.initialize(repeating: sigaction(), count: 65)
    return memory
  }()

  /// Installs the handlers; signals arrive as bytes in `pipe`.
  static func begin(pipe: Int32, input: Int32, output: Int32, modes: termios, farewell: [UInt8]) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: farewell.count)
    _ = copy.initialize(from: farewell)
    shared.pointee.farewell.deallocate()
    shared.pointee.farewell = copy
    shared.pointee.pipe = pipe
    shared.pointee.input = input
    shared.pointee.output = output
    shared.pointee.modes = modes
    shared.pointee.isRaw = false
    shared.pointee.endings = 0
    for signal in ending + told { install(signal) { SignalRelay.tell($0) } }
    for signal in crashing { install(signal) { SignalRelay.die($0) } }
    // Whoever started the program may have had them blocked, and a program inherits that.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for signal in ending + told { sigaddset(&wanted, signal) }
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }

  /// Puts the handlers back that were there before.
  static func end() {
    for signal in ending + told + crashing { sigaction(signal, before + Int(signal), nil) }
    shared.pointee.isRaw = false
    shared.pointee.pipe = -1
  }

  /// Whether the terminal has to be put in order when the program dies.
  static func mark(isRaw: Bool) { shared.pointee.isRaw = isRaw }

  /// Stops the program as Control-Z does elsewhere; comes back when it is continued.
  static func stop() {
    var mine = sigaction()
    sigaction(SIGTSTP, before + Int(SIGTSTP), &mine)
    raise(SIGTSTP)
    sigaction(SIGTSTP, &mine, nil)
  }

  private static func install(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, before + Int(signal))
  }

  private static func tell(_ signal: Int32) {
    let error = errno
    defer { errno = error }
    if signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT {
      shared.pointee.endings += 1
      if shared.pointee.endings > 1 { return die(signal) }
    }
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = write(shared.pointee.pipe, &byte, 1)
  }

  /// Leaves the terminal in order and lets the signal do what it does.
  private static func die(_ signal: Int32) {
    if shared.pointee.isRaw {
      shared.pointee.isRaw = false
      _ = write(shared.pointee.output, shared.pointee.farewell.baseAddress, shared.pointee.farewell.count)
      _ = tcsetattr(shared.pointee.input, TCSANOW, &shared.pointee.modes)
    }
    sigaction(signal, before + Int(signal), nil)
    raise(signal)
  }
}
