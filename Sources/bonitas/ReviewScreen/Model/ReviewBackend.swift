import Values

/// What the screen needs of the desk: everything that is read or done goes through here, and is recorded there.
protocol ReviewBackend: AnyObject {
  /// Who works here, with the roles: `anna (reviewer)`.
  var actor: String { get }
  /// Today, as due dates count.
  func today(at now: Instant) -> CivilDate

  /// Cases in the order of the queue, from after a case.
  func cases(_ filter: ListFilter, after last: CaseLine?, limit: Int, at now: Instant) throws(Failure)
    -> [CaseLine]
  func numbers(at now: Instant) throws(Failure) -> QueueNumbers

  /// Reads a case. Looking is recorded, reading again what is on the screen is not.
  func open(_ id: String, isAgain: Bool, at now: Instant) throws(Failure) -> CaseSheet
  func tab(_ tab: SheetTab, of id: String, at now: Instant) throws(Failure) -> [SheetLine]
  func record(_ name: String, of id: String, at now: Instant) throws(Failure) -> SheetRecord

  func claim(_ id: String, at now: Instant) throws(Failure)
  /// Claims the first case of the queue that may be claimed; nil where there is none.
  func claimNext(at now: Instant) throws(Failure) -> String?
  /// Renews the claim; gives until when it holds now.
  func renew(_ id: String, at now: Instant) throws(Failure) -> Instant
  func release(_ id: String, reason: String, at now: Instant) throws(Failure)
  func snooze(_ id: String, until: CivilDate, reason: String, at now: Instant) throws(Failure)
  func escalate(_ id: String, reason: String, at now: Instant) throws(Failure)
  /// Keeps a note; gives warnings about its words.
  func note(_ id: String, text: String, at now: Instant) throws(Failure) -> [String]
  /// What a judgement would mean, in sentences, without writing anything.
  func preview(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> [String]
  /// Writes; tells in a sentence what was written.
  func decide(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> String
  func approve(_ id: String, expecting version: Int, at now: Instant) throws(Failure) -> String
  func sendBack(_ id: String, reason: String, at now: Instant) throws(Failure)
}
