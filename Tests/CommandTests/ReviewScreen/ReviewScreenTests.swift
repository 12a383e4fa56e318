import Terminal
import TestSupport
import Testing
import Values

@testable import bonitas

/// What keys do.
@Suite struct ReviewScreenTests {
  @Test func claimsAndOpensTheNextCase() {
    var reviewer = Reviewer()
    reviewer.press(.character("n"))
    #expect(reviewer.state.open?.id == "R-30")
    #expect(reviewer.desk.log.suffix(4) == ["next", "claim R-30", "open R-30", "look at decision of R-30"])
    #expect(reviewer.text.contains("R-30 is yours."))
  }

  @Test func everyTabIsRecordedOnce() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .tab, .tab, .backTab, .character("2"), .down, .down, .enter, .escape, .tab)
    #expect(
      reviewer.desk.log.dropFirst() == [
        "open C-17", "look at decision of C-17", "look at features of C-17", "look at changes of C-17",
        "read invoice:INV-3 of C-17",
      ])
  }

  @Test func decidingClaimsWhatNobodyHas() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("d"))
    #expect(reviewer.desk.log.last == "claim C-17")
    #expect(reviewer.state.place == .form)
  }

  @Test(arguments: [(1, "janis has R-31"), (5, "is settled outside this screen")])
  func tellsWhyItCannotBeDecided(row: Int, words: String) {
    var reviewer = Reviewer()
    for _ in 0..<row { reviewer.press(.down) }
    reviewer.press(.enter, .character("d"))
    #expect(reviewer.state.place == .sheet)
    #expect(reviewer.text.contains(words), "\(reviewer.text)")
  }

  private func filled(_ reviewer: inout Reviewer) {
    reviewer.press(
      .enter, .character("d"), .right, .down, .down, .character(" "), .down, .down, .down, .down, .down)
    reviewer.type("I read the bank statement of October and it shows no payment.")
  }

  @Test func writesAfterTheSummaryAlone() {
    var reviewer = Reviewer()
    filled(&reviewer)
    reviewer.press(.control("s"))
    #expect(reviewer.state.place == .summary)
    reviewer.press(.enter, .escape, .control("s"))
    #expect(!reviewer.desk.log.contains { $0.hasPrefix("decide") })
    reviewer.press(.character("w"))
    #expect(reviewer.desk.log.contains("decide C-17 at 3: confirmed - [\"H-PAID\"]"))
    #expect(reviewer.state.place == .list)
    #expect(reviewer.state.drafts.isEmpty)
    #expect(reviewer.text.contains("C-17 is decided: D-240."))
  }

  @Test func tellsWhatIsMissingAndGoesThere() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("d"), .control("s"))
    #expect(reviewer.text.contains("Say first what comes of it"))
    reviewer.press(.right, .right, .control("s"))
    #expect(reviewer.state.form?.focus == .rating)
    reviewer.press(.right, .control("s"))
    #expect(reviewer.state.form?.focus == .reason(0))
    reviewer.press(.character(" "), .control("s"))
    #expect(reviewer.state.form?.focus == .text)
    reviewer.type("short")
    reviewer.press(.control("s"))
    #expect(reviewer.text.contains("a sentence, not a word"))
  }

  @Test func takesBackStepByStep() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("d"), .right, .right, .character("u"))
    #expect(reviewer.state.form?.resolution == "confirmed")
    reviewer.press(.character("u"))
    #expect(reviewer.state.form?.resolution == nil)
    reviewer.press(.character("u"))
    #expect(reviewer.text.contains("Nothing is left to take back."))
    reviewer.press(.escape, .escape)
    filled(&reviewer)
    let whole = reviewer.state.form?.content.text.text
    for _ in 0..<3 { reviewer.press(.control("z")) }
    let words = reviewer.state.form?.content.text.text ?? ""
    #expect(
      whole?.hasPrefix(words) == true && words.hasSuffix("shows") || words.hasSuffix("it")
        || words.hasSuffix(" "))
    for _ in 0..<100 { reviewer.press(.control("z")) }
    #expect(reviewer.state.form?.isTouched == false)
  }

  @Test func aDraftOutlivesTheCaseTheErrorAndTheLostClaim() {
    var reviewer = Reviewer()
    filled(&reviewer)
    let draft = reviewer.state.form?.content
    // The claim ran out and a colleague has the case.
    reviewer.desk.refusal = Failure("review.lease-over", "Your claim of case C-17 ran out.")
    reviewer.desk.lines[0].state = .claimed(by: "liga", until: PaperDesk.now.adding(minutes: 30))
    reviewer.pass(minutes: 2)
    #expect(reviewer.text.contains("Your claim of case C-17 ran out. What you typed is kept."))
    #expect(reviewer.state.form?.content == draft)
    #expect(reviewer.state.open?.sheet.line.isMine == false)
    reviewer.press(.control("s"))
    reviewer.desk.refusal = Failure("review.claimed-by-another", "Case C-17 is claimed by liga.")
    reviewer.press(.character("w"))
    #expect(reviewer.text.contains("Case C-17 is claimed by liga. Your draft is kept."))
    reviewer.press(.escape, .escape, .escape)
    #expect(reviewer.state.place == .list)
    #expect(
      reviewer.text.contains(" * C-17") || reviewer.text.contains("!* C-17")
        || reviewer.text.contains("!*C-17"))
    // Leaving asks first.
    reviewer.press(.character("q"), .character("n"))
    #expect(!reviewer.state.isOver)
    reviewer.desk.lines[0].state = .open
    reviewer.press(.enter, .character("d"))
    #expect(reviewer.state.form?.content == draft)
    // Thrown away, and back.
    reviewer.press(.escape, .character("u"))
    #expect(reviewer.state.unwritten == [])
    reviewer.press(.character("u"))
    #expect(reviewer.state.unwritten == ["C-17"])
  }

  @Test func aRefusedNoteIsNotLost() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("n"))
    reviewer.type("he is ill")
    reviewer.desk.refusal = Failure("locked", "The database is busy.")
    reviewer.press(.enter)
    #expect(reviewer.text.contains("The database is busy.") && reviewer.text.contains("he is ill"))
    reviewer.press(.escape, .character("n"))
    #expect(reviewer.text.contains("he is ill"))
    reviewer.press(.enter)
    #expect(reviewer.desk.log.contains("note C-17: he is ill"))
    #expect(reviewer.text.contains("'ill' may tell of health"))
  }

  @Test func renewsWhileSomebodyIsThere() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("c"))
    for _ in 0..<20 { reviewer.pass(minutes: 1) }
    #expect(reviewer.desk.log.count { $0 == "renew C-17" } == 20)
    for _ in 0..<60 { reviewer.pass(minutes: 1) }
    #expect(reviewer.desk.log.count { $0 == "renew C-17" } == 29, "nobody has touched a key for half an hour")
    reviewer.press(.down)
    #expect(reviewer.desk.log.last == "renew C-17")
  }

  @Test func snoozesWithDayAndReason() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("s"))
    #expect(reviewer.text.contains("not claimed by you"))
    reviewer.press(.character("c"), .character("s"), .control("u"))
    reviewer.type("yesterday")
    reviewer.press(.enter, .character("x"), .enter)
    #expect(reviewer.text.contains("That is no date"))
    reviewer.press(.control("u"))
    reviewer.type("2026-12-01")
    reviewer.press(.enter)
    reviewer.type(" waits")
    reviewer.press(.enter)
    #expect(reviewer.desk.log.contains("snooze C-17 until 2026-12-01: x waits"))
    #expect(reviewer.state.place == .list)
  }

  @Test func asksBeforeApproving() {
    var reviewer = Reviewer()
    reviewer.press(.down, .down, .down, .enter, .character("a"), .enter)
    #expect(!reviewer.desk.log.contains { $0.hasPrefix("approve") })
    reviewer.press(.character("a"), .character("w"))
    #expect(reviewer.desk.log.contains("approve A-12 at 3"))
  }

  @Test func narrowsTheQueue() {
    var reviewer = Reviewer()
    reviewer.press(.character("o"))
    #expect(reviewer.state.list.rows.map(\.id) == ["C-17"])
    reviewer.press(.escape, .character("/"))
    reviewer.type("Tooma")
    reviewer.press(.enter)
    #expect(reviewer.state.list.rows.map(\.id) == ["R-30"])
    #expect(reviewer.text.contains("Only: customer 'Tooma'"))
    reviewer.press(.character("x"), .character("f"), .right, .right, .enter)
    #expect(reviewer.state.list.rows.map(\.kind) == ["contest", "contest"])
  }

  @Test func readsFurtherPagesOnTheWayDown() {
    let lines = (1...1000).map { number in
      var line = PaperDesk.cast[2]
      line.id = "R-\(number)"
      return line
    }
    var reviewer = Reviewer(PaperDesk(lines: lines))
    #expect(reviewer.state.list.rows.count == 200)
    for _ in 0..<90 { reviewer.press(.pageDown) }
    #expect(reviewer.state.list.rows.map(\.id) == lines.map(\.id))
    #expect(reviewer.state.list.selected?.id == "R-1000")
    #expect(reviewer.text.contains("1 000 of 1 000"))
  }

  @Test func escapeAndALetterMayArriveAsOne() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .alt("n"))
    #expect(reviewer.state.open?.id == "R-30", "back to the queue, and the next case")
    reviewer.press(.character("d"), .alt("q"))
    #expect(reviewer.state.place == .form, "in a text Alt is Alt")
  }

  @Test func nothingIsLostByResizing() {
    var reviewer = Reviewer()
    filled(&reviewer)
    let before = reviewer.text
    reviewer.resize(20, 5)
    #expect(!reviewer.text.contains("Deciding"))
    reviewer.press(.character("q"), .escape, .character("x"))
    #expect(!reviewer.state.isOver)
    reviewer.resize(80, 24)
    #expect(reviewer.text == before)
  }

  @Test func theDeskCanRefuseAnything() {
    for keys in [
      [Key.enter], [.character("c")], [.character("n")], [.character("o")], [.enter, .character("3")],
    ] {
      var reviewer = Reviewer()
      for key in keys.dropLast() { reviewer.press(key) }
      reviewer.desk.refusal = Failure("storage", "The disk is full.")
      reviewer.press(keys[keys.count - 1])
      #expect(reviewer.text.contains("The disk is full."))
      reviewer.press(.escape, .escape, .escape, .character("q"))
      #expect(reviewer.state.isOver)
    }
  }

  /// Whatever is pressed: no trap, a screen of the right size, and Escape leads out.
  @Test(arguments: 0..<12)
  func anyKeysLeadSomewhereAndBack(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let keys: [Key] =
      "cdnserabuwxqmofRjkGg/?123456 yhl".map { .character($0) } + [
        .enter, .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .pageDown, .pageUp, .home, .end,
        .backspace,
        .delete, .control("s"), .control("z"), .control("u"), .control("c"), .paste("a\u{301}日\nb"),
        .function(1),
        .character("👍"), .character("\u{301}"),
      ]
    let sizes = [(80, 24), (81, 25), (120, 40), (200, 60), (10, 3), (0, 0)]
    var reviewer = Reviewer()
    for _ in 0..<250 {
      switch chance.number(below: 40) {
      case 0:
        let size = sizes[chance.number(below: sizes.count)]
        reviewer.resize(size.0, size.1)
      case 1: reviewer.pass(minutes: chance.number(below: 40))
      case 2: reviewer.desk.refusal = Failure("any", "Refused.")
      default: reviewer.press(keys[chance.number(below: keys.count)])
      }
      let screen = reviewer.screen
      #expect(screen.width == reviewer.state.size.columns && screen.height == reviewer.state.size.rows)
      if reviewer.state.isOver { reviewer.state.isOver = false }
    }
    reviewer.resize(80, 24)
    for _ in 0..<6 { reviewer.press(.escape) }
    #expect(reviewer.state.place == .list && reviewer.state.overlay == nil)
    reviewer.press(.character("q"), .character("y"))
    #expect(reviewer.state.isOver)
  }
}
