import Terminal
import Values

/// What the screen wants done outside itself.
enum ScreenEffect: Hashable, Sendable {
  case list(ListFilter, after: CaseLine?, limit: Int)
  /// Opens a case; what was seen before is not recorded once more.
  case open(String, isAgain: Bool)
  case tab(SheetTab, of: String)
  case record(String, of: String)
  case act(CaseAct, on: String)
  case claimNext
  case renew(String)
  case preview(DraftedJudgement, of: String, version: Int)
  /// Gives the terminal back to the shell for a while.
  case suspend
}

/// What a person does with a case.
enum CaseAct: Hashable, Sendable {
  case claim
  case note(String)
  case release(String)
  case snooze(CivilDate, String)
  case escalate(String)
  case decide(DraftedJudgement, version: Int)
  case approve(version: Int)
  case sendBack(String)
}

/// What came of an effect.
enum ScreenReply: Hashable, Sendable {
  case list([CaseLine], QueueNumbers?, after: CaseLine?, limit: Int)
  case opened(CaseSheet)
  case tab(SheetTab, of: String, [SheetLine])
  case record(SheetRecord)
  /// What was done, in a sentence, and the case as it stands then.
  case done(CaseAct, on: String, String, CaseSheet?)
  case claimedNext(CaseSheet?)
  case renewed(String, until: Instant)
  case preview([String])
  case failed(ScreenEffect, Failure)
  /// Nothing to tell.
  case idle
}

/// What the screen reacts to.
enum ScreenInput: Hashable, Sendable {
  case key(Key)
  case resized(TerminalSize)
  /// Time has passed.
  case tick
  case reply(ScreenReply)
}
