import HumanReview
import Testing

@Suite struct CaseIDTests {
  @Test func namesAreReadAsPeopleWriteThem() {
    for text in ["C-17", "c-17", "C17", "c17"] { #expect(CaseID(text) == CaseID(.contest, 17), "\(text)") }
    #expect(CaseID("Q-5")?.kind == .dataProblem)
    #expect(CaseKind.allCases.map { CaseID($0, 3).description } == ["R-3", "C-3", "A-3", "Q-3"])
    for kind in CaseKind.allCases { #expect(CaseID(CaseID(kind, 9).description) == CaseID(kind, 9)) }
  }

  @Test(arguments: [
    "", "C", "C-", "-17", "17", "D-17", "C-0", "C--1", "C-1a", "C-99999999999999999999", "C-١", "CC-1", "C 1",
  ])
  func whatIsNoNameIsNone(_ text: String) {
    #expect(CaseID(text) == nil)
  }
}
