import Terminal
import Testing

@testable import bonitas

/// The screens as a reviewer sees them, kept in files.
@Suite struct ReviewGoldenTests {
  private func expect(_ reviewer: Reviewer, _ name: String) {
    Golden.expect(reviewer.text, named: "review/\(name).txt")
  }

  @Test func theQueue() {
    var reviewer = Reviewer()
    expect(reviewer, "list")
    reviewer.resize(160, 30)
    expect(reviewer, "list-wide")
    reviewer.resize(60, 10)
    expect(reviewer, "too-small")
    var empty = Reviewer(PaperDesk(lines: []))
    expect(empty, "list-empty")
    empty.press(.character("o"))
    #expect(empty.text.contains("No case is like that. x shows all of them again."))
  }

  @Test func anOpenCase() {
    var reviewer = Reviewer()
    reviewer.press(.enter)
    expect(reviewer, "case")
    reviewer.press(.character("c"))
    expect(reviewer, "case-claimed")
    reviewer.press(.character("2"), .down, .down)
    expect(reviewer, "features")
    reviewer.press(.enter)
    expect(reviewer, "record")
    reviewer.press(.escape, .character("6"))
    expect(reviewer, "history")
    reviewer.press(.character("1"))
    reviewer.resize(140, 30)
    expect(reviewer, "case-wide")
  }

  @Test func deciding() {
    var reviewer = Reviewer()
    reviewer.press(.enter, .character("d"))
    expect(reviewer, "form-empty")
    reviewer.press(.right, .right, .down, .down, .right, .down, .down, .down, .character(" "))
    reviewer.press(.down, .down, .character(" "), .down, .down, .down)
    reviewer.type(
      "The bank's statement of October shows the payment; it had been booked on another customer's account.")
    expect(reviewer, "form")
    reviewer.press(.control("s"))
    expect(reviewer, "summary")
  }

  @Test func questions() {
    var reviewer = Reviewer()
    reviewer.press(.character("f"), .right)
    expect(reviewer, "filter")
    reviewer.press(.escape, .character("?"))
    expect(reviewer, "help")
    reviewer.press(.escape, .enter, .character("c"), .character("s"), .enter)
    reviewer.type(
      "waits for the bank's answer, which comes by letter and takes some days more than one would think")
    expect(reviewer, "snooze")
    reviewer.press(.escape, .escape, .down, .down, .down, .enter)
    expect(reviewer, "approval")
    reviewer.press(.character("a"))
    expect(reviewer, "approving")
  }
}
