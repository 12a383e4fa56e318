import Decisioning
import Formats
import Values

/// What can happen to a case.
public enum ReviewEventKind: String, CaseIterable, Hashable, Sendable {
  /// It was opened, or opened again after it was closed.
  case opened
  /// The customer contested once more, or more records of the file went to quarantine.
  case joined
  /// A newer decision took the place of the one under it.
  case moved
  /// Somebody took it to work on.
  case claimed
  /// Its holder gave it back.
  case released
  /// It was put off.
  case snoozed
  /// The day came until which it was put off.
  case woken
  /// It goes to a senior: somebody asked for it, or it was due.
  case escalated
  /// Somebody wrote a note.
  case noted
  /// Evidence was attached.
  case attached
  /// Somebody looked at something of it.
  case viewed
  /// Inputs were corrected.
  case corrected
  /// It was decided by one person and needs a second.
  case proposed
  /// The second person sent it back, or the first took the proposal back.
  case sentBack = "sent back"
  /// It was decided; a decision record says how.
  case decided
  /// A newer decision left nothing to decide.
  case overtaken
  /// Its records have left the quarantine.
  case settled

  /// Whether it ends the case.
  public var closes: Bool { self == .decided || self == .overtaken || self == .settled }
}

/// Something that happened to a case; what happened is never changed, and a case is what its events make of it.
public struct ReviewEvent: Hashable, Sendable {
  /// Its number among the events of all cases.
  public let number: Int
  /// The case.
  public let caseID: CaseID
  /// What happened.
  public let kind: ReviewEventKind
  /// Who did it; `system` where nobody did.
  public let actor: String
  /// When.
  public let at: Instant
  /// The number of the write.
  public let sequence: Int
  /// The particulars, by the names in `ReviewEvent.Key`.
  public let about: JSONObject

  /// An event as it is stored.
  public init(
    number: Int, caseID: CaseID, kind: ReviewEventKind, actor: String, at: Instant, sequence: Int,
    about: JSONObject
  ) {
    self.number = number
    self.caseID = caseID
    self.kind = kind
    self.actor = actor
    self.at = at
    self.sequence = sequence
    self.about = about
  }

  /// Who acts where nobody does: cases are opened, moved, woken and escalated by following what happened.
  public static let system = "system"

  /// The names of particulars.
  public enum Key {
    /// The decision that the case is about from now on, or that was made.
    public static let decision = "decision"
    /// The decision that it was about before.
    public static let before = "before"
    /// The key of the customer.
    public static let customer = "customer"
    /// The code of the reason for the case.
    public static let reason = "reason"
    /// The priority.
    public static let priority = "priority"
    /// The day by which it has to be decided.
    public static let due = "due"
    /// The last day of a snooze; the end of a lease.
    public static let until = "until"
    /// Words of a person.
    public static let text = "text"
    /// How a contest arrived.
    public static let channel = "channel"
    /// How many records.
    public static let records = "records"
    /// Who held the case before.
    public static let holder = "holder"
    /// The judgement that is proposed.
    public static let judgement = "judgement"
    /// What came of a decision: the word of a resolution.
    public static let resolution = "resolution"
    /// The codes of the reasons of a decision.
    public static let reasons = "reasons"
    /// Who decided, where the second person enters the decision.
    public static let reviewer = "reviewer"
    /// The second person of a decision.
    public static let approver = "approver"
    /// Why a second person is needed.
    public static let secondPerson = "secondPerson"
    /// What was looked at.
    public static let what = "what"
    /// The files with corrected records, with how many records were stored and corrected.
    public static let files = "files"
    /// Whether the newer decision says the same as the one before it, so that what was made of that still holds.
    public static let same = "same"
  }

  /// The words of the person, where there are any.
  public var text: String? { about[Key.text]?.stringValue }

  /// Whether the decision to which it moves the case says the same as the one before it.
  var saysTheSame: Bool { kind == .moved && about[Key.same] == .bool(true) }

  /// Whether somebody who decides has to know of it; looking changes nothing, nor does the same once more.
  public var changesCase: Bool { kind != .viewed && !saysTheSame }

  /// Whether it says that records were corrected; files of which nothing was new correct nothing.
  var hasCorrected: Bool {
    guard kind == .corrected, let files = about[Key.files]?.arrayValue else { return false }
    return files.contains { file in
      ["stored", "corrected"].contains { file[$0]?.integerValue.map { $0 > 0 } ?? false }
    }
  }

  /// The decision that it names.
  public var decision: DecisionID? { about[Key.decision]?.integerValue.map(DecisionID.init) }
}
