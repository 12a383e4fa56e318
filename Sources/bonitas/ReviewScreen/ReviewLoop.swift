import Glibc
import Terminal
import Values

/// Lets the screen run on a terminal: keys and time in, effects done at the desk, what changed drawn.
struct ReviewLoop {
  let backend: any ReviewBackend
  let session: TerminalSession
  /// The clock, read once for every step.
  let clock: () -> Instant

  /// How long to wait for a key before looking at the time: minutes are shown, claims renewed.
  private static let pause = 5000

  /// Runs until the reviewer leaves or the program is asked to end.
  ///
  /// - Returns: the state at the end, and the signal that ended it.
  func run() -> (state: ReviewScreen, signal: Int32?) {
    let now = clock()
    var state = ReviewScreen(
      actor: backend.actor, size: session.size, now: now, today: backend.today(at: now))
    perform(state.firstEffects, &state)
    session.draw(ScreenView.draw(state))
    while !state.isOver {
      for event in session.wait(milliseconds: Self.pause) {
        state.now = clock()
        state.today = backend.today(at: state.now)
        switch event {
        case .key(let key): perform(state.handle(.key(key)), &state)
        case .resized(let size): perform(state.handle(.resized(size)), &state)
        case .timedOut: perform(state.handle(.tick), &state)
        case .resumed: break
        case .ended(let signal): return (state, signal)
        case .hungUp: return (state, SIGHUP)
        }
        if state.isOver { break }
      }
      session.draw(ScreenView.draw(state))
    }
    return (state, nil)
  }

  /// Does what the screen wants, and what it wants then.
  private func perform(_ effects: [ScreenEffect], _ state: inout ReviewScreen) {
    var waiting = effects[...]
    while let effect = waiting.popFirst() {
      if effect == .suspend {
        session.suspend()
        waiting += state.handle(.resized(session.size))
        continue
      }
      waiting += state.handle(.reply(Self.reply(to: effect, backend, at: state.now)))
    }
  }

  /// One effect, done.
  static func reply(to effect: ScreenEffect, _ backend: any ReviewBackend, at now: Instant) -> ScreenReply {
    do throws(Failure) {
      return try answer(effect, backend, now)
    } catch {
      return .failed(effect, error)
    }
  }

  private static func answer(
    _ effect: ScreenEffect, _ backend: any ReviewBackend, _ now: Instant
  ) throws(Failure) -> ScreenReply {
    switch effect {
    case .list(let filter, let after, let limit):
      let cases = try backend.cases(filter, after: after, limit: limit, at: now)
      return .list(cases, after == nil ? try backend.numbers(at: now) : nil, after: after, limit: limit)
    case .open(let id, let isAgain): return .opened(try backend.open(id, isAgain: isAgain, at: now))
    case .tab(let tab, let id): return .tab(tab, of: id, try backend.tab(tab, of: id, at: now))
    case .record(let name, let id): return .record(try backend.record(name, of: id, at: now))
    case .claimNext:
      guard let id = try backend.claimNext(at: now) else { return .claimedNext(nil) }
      return .claimedNext(try backend.open(id, isAgain: false, at: now))
    case .renew(let id): return .renewed(id, until: try backend.renew(id, at: now))
    case .preview(let judgement, let id, let version):
      return .preview(try backend.preview(judgement, of: id, expecting: version, at: now))
    case .act(let act, let id): return try perform(act, id, backend, now)
    case .suspend: return .idle
    }
  }

  private static func perform(
    _ act: CaseAct, _ id: String, _ backend: any ReviewBackend, _ now: Instant
  ) throws(Failure) -> ScreenReply {
    var sentence: String
    var staysOpen = false
    switch act {
    case .claim:
      try backend.claim(id, at: now)
      sentence = "\(id) is yours."
      staysOpen = true
    case .note(let text):
      let warnings = try backend.note(id, text: text, at: now)
      sentence = (["The note is kept."] + warnings).joined(separator: " ")
      staysOpen = true
    case .release(let reason):
      try backend.release(id, reason: reason, at: now)
      sentence = "\(id) is back in the queue."
    case .snooze(let day, let reason):
      try backend.snooze(id, until: day, reason: reason, at: now)
      sentence = "\(id) comes back on \(day)."
    case .escalate(let reason):
      try backend.escalate(id, reason: reason, at: now)
      sentence = "\(id) waits for a senior."
    case .decide(let judgement, let version):
      sentence = try backend.decide(judgement, of: id, expecting: version, at: now)
    case .approve(let version): sentence = try backend.approve(id, expecting: version, at: now)
    case .sendBack(let reason):
      try backend.sendBack(id, reason: reason, at: now)
      sentence = "\(id) is back with who decided it."
    }
    return .done(act, on: id, sentence, staysOpen ? try backend.open(id, isAgain: true, at: now) : nil)
  }
}
