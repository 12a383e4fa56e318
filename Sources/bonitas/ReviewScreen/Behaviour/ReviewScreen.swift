import Terminal
import Values

/// The full-screen tool as a value: a key goes in, the next state and the wishes to the world come out.
///
/// Nothing here reads a clock, a file or a terminal; `ReviewLoop` does that, and `ScreenView` draws.
struct ReviewScreen: Hashable, Sendable {
  /// Where the reviewer is; Escape goes up one.
  enum Place: Hashable, Sendable { case list, sheet, record, form, summary }

  /// What lies over it; Escape takes it away.
  enum Overlay: Hashable, Sendable {
    case help(TextPane)
    case prompt(Prompt)
    case filter(FilterForm)
    /// Leave although drafts are not written.
    case leaving
    /// Approve what a colleague decided.
    case approving
  }

  struct Message: Hashable, Sendable {
    var text: String
    var style: TextStyle
  }

  struct CaseList: Hashable, Sendable {
    var rows: [CaseLine] = []
    var filter = ListFilter()
    var numbers = QueueNumbers()
    var position = ScrollPosition()
    /// Whether the last row of the queue has been read.
    var isComplete = false
    var isLoading = true
    var readAt = Instant(microseconds: 0)

    var selected: CaseLine? { rows[safe: position.selected] }
  }

  struct OpenCase: Hashable, Sendable {
    var sheet: CaseSheet
    var tab = SheetTab.decision
    var glance: TextPane
    var panes: [SheetTab: TextPane] = [:]
    /// What the decision's tab holds besides the outline and the proposal.
    private var decision: [SheetLine] = []
    private var hasSide = false
    var record: SheetRecord?
    var recordPane = TextPane([])
    var summary = TextPane([])
    /// When the claim was last renewed.
    var renewedAt: Instant

    init(_ sheet: CaseSheet, at now: Instant) {
      self.sheet = sheet
      glance = TextPane(sheet.glance)
      renewedAt = now
    }

    var id: String { sheet.line.id }
    var pane: TextPane? { panes[tab] }

    /// Takes the lines of a tab; where it was shown before, the place in it stays.
    mutating func take(_ tab: SheetTab, _ lines: [SheetLine]) {
      if tab == .decision { decision = lines }
      let shown = tab == .decision ? decisionLines : lines
      var pane = panes[tab] ?? TextPane(shown)
      pane.replace(shown)
      panes[tab] = pane
    }

    /// Takes the case as it was read again.
    mutating func take(_ sheet: CaseSheet) {
      self.sheet = sheet
      glance.replace(sheet.glance)
      if panes[.decision] != nil { take(.decision, decision) }
    }

    /// The outline stands beside the tabs where there is room, else above the decision.
    mutating func place(hasSide: Bool) {
      guard hasSide != self.hasSide else { return }
      self.hasSide = hasSide
      if panes[.decision] != nil { take(.decision, decision) }
    }

    private var decisionLines: [SheetLine] {
      var lines: [SheetLine] = []
      if let proposal = sheet.proposal {
        lines = [SheetLine("WAITS FOR A SECOND PERSON", .warning)] + proposal + [SheetLine("")]
      }
      if !hasSide { lines += sheet.glance + [SheetLine("")] }
      return lines + decision
    }
  }

  let actor: String
  var size: TerminalSize
  var now: Instant
  var today: CivilDate
  var place = Place.list
  var overlay: Overlay?
  var list = CaseList()
  var open: OpenCase?
  /// Filled in and not written, by case; leaving a case keeps them.
  var drafts: [String: JudgementForm] = [:]
  /// A draft that was thrown away, to bring back.
  var dropped: [String: JudgementForm] = [:]
  /// What was typed into a prompt and not sent.
  var kept: [Prompt.Purpose: [String: [String]]] = [:]
  /// The case whose form opens as soon as it is claimed.
  var wantsForm: String?
  var message: Message?
  var lastKeyAt: Instant
  var isOver = false

  static let smallest = TerminalSize(columns: 80, rows: 24)
  /// Cases read at once.
  static let page = 200
  /// A claim holds for some minutes and is renewed well before.
  static let renewal = 60_000_000
  /// Who has not touched a key for so long has left the desk: the claim runs out.
  static let idle = 30 * 60_000_000
  static let listRefresh = 30_000_000

  init(actor: String, size: TerminalSize, now: Instant, today: CivilDate) {
    self.actor = actor
    self.size = size
    self.now = now
    self.today = today
    lastKeyAt = now
  }

  /// What to do first.
  var firstEffects: [ScreenEffect] { [.list(list.filter, after: nil, limit: Self.page)] }

  var isTooSmall: Bool { size.columns < Self.smallest.columns || size.rows < Self.smallest.rows }

  /// Drafts that are filled in and not written, by case.
  var unwritten: [String] { drafts.filter { $0.value.isTouched }.keys.sorted() }

  /// One step.
  mutating func handle(_ input: ScreenInput) -> [ScreenEffect] {
    defer { settle() }
    switch input {
    case .resized(let size):
      self.size = size
      return []
    case .tick: return tick()
    case .reply(let reply): return receive(reply)
    case .key(let key): return press(key)
    }
  }

  private mutating func press(_ key: Key) -> [ScreenEffect] {
    let wasIdle = now.microseconds - lastKeyAt.microseconds >= Self.idle
    lastKeyAt = now
    if isTooSmall {
      if key == .character("q") || key == .control("c"), unwritten.isEmpty { isOver = true }
      return []
    }
    if case .alt(let character) = key, !isTyping {
      // Escape and a letter in quick succession arrive as one over a slow line; Alt means nothing here.
      return press(.escape) + press(.character(character))
    }
    message = nil
    let renewal = wasIdle ? renew() : []
    if let overlay { return renewal + press(key, in: overlay) }
    if key == .control("z"), place != .form { return renewal + [.suspend] }
    switch place {
    case .list: return renewal + pressInList(key)
    case .sheet: return renewal + pressInSheet(key)
    case .record: return renewal + pressInRecord(key)
    case .form: return renewal + pressInForm(key)
    case .summary: return renewal + pressInSummary(key)
    }
  }

  /// Whether letters are text.
  private var isTyping: Bool {
    switch overlay {
    case .prompt, .filter: true
    case .help, .leaving, .approving: false
    case nil: place == .form
    }
  }

  private mutating func tick() -> [ScreenEffect] {
    if place == .list {
      let isOld = now.microseconds - list.readAt.microseconds >= Self.listRefresh
      // Who has gone far down is not disturbed by reading all of it again.
      return isOld && overlay == nil && !list.isLoading && list.rows.count <= 2 * Self.page ? reload() : []
    }
    guard let open, open.sheet.line.isMine,
      now.microseconds - open.renewedAt.microseconds >= Self.renewal,
      now.microseconds - lastKeyAt.microseconds < Self.idle
    else { return [] }
    return renew()
  }

  private mutating func renew() -> [ScreenEffect] {
    guard let id = open?.id, open?.sheet.line.isMine == true, place != .list else { return [] }
    open?.renewedAt = now
    return [.renew(id)]
  }

  /// Reads the list again, as far as it was read.
  mutating func reload() -> [ScreenEffect] {
    list.isLoading = true
    let count = min(max(Self.page, list.rows.count), 5 * Self.page)
    return [.list(list.filter, after: nil, limit: count)]
  }

  /// Brings what is chosen into sight at the size there is.
  private mutating func settle() {
    let body = Layout(size: size)
    list.position.settle(count: list.rows.count, height: body.listRows)
    if case .help(var pane) = overlay {
      pane.lay(width: body.helpWidth, height: body.helpRows)
      overlay = .help(pane)
    }
    guard var open else { return }
    open.place(hasSide: body.hasSide)
    open.glance.lay(width: body.sideWidth, height: body.textRows)
    open.panes[open.tab]?.lay(width: body.textWidth, height: body.textRows)
    open.recordPane.lay(width: body.recordWidth, height: body.recordRows)
    open.summary.lay(width: body.recordWidth, height: body.recordRows)
    self.open = open
  }

  mutating func tell(_ text: String, _ style: TextStyle = .plain) {
    message = Message(text: text, style: style)
  }
}
