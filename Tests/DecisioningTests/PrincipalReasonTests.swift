import Decisioning
import Facts
import Testing
import Values

/// AD-27: which reasons are the main ones.
@Suite struct PrincipalReasonTests {
  private func content(
    _ losses: [(name: String, reason: String, points: Int, best: Int)], knockOuts: [KnockOut] = []
  ) -> DecisionContent {
    DecisionContent(
      customer: "C", businessDate: Portfolio.businessDate, currency: .eur, ruleSet: .zero, features: [],
      values: [], knockOuts: knockOuts,
      characteristics: losses.map {
        ScoredCharacteristic(
          name: $0.name, rule: $0.name, reason: $0.reason, points: Decimal($0.points), best: Decimal($0.best))
      }, matchedRules: [], problems: [], outcome: .decline)
  }

  @Test func equalCodesAreMergedAndSorted() {
    let content = content([
      ("a", "ONE", 5, 10), ("b", "TWO", 0, 8), ("c", "ONE", 4, 10), ("d", "NONE", 10, 10),
      ("e", "THREE", 0, 8),
      ("f", "FOUR", 9, 10), ("g", "FIVE", 9, 10),
    ])
    #expect(content.principalReasons.map(\.code) == ["ONE", "TWO", "THREE", "FOUR"])
    #expect(content.principalReasons.map(\.loss) == [11, 8, 8, 1])
    #expect(content.principalReasons.first?.characteristic == "c")
    #expect(content.losses.reduce(Decimal.zero) { $0 + ($1.loss ?? 0) } == 29)
  }

  @Test func knockOutsComeFirstAndAlone() {
    let hits = ["K1", "K2", "K1", "K3", "K4", "K5"].map { KnockOut(outcome: .refer, reason: $0) }
    let content = content([("a", "ONE", 0, 10)], knockOuts: hits)
    #expect(content.principalReasons.map(\.code) == ["K1", "K2", "K3", "K4"])
    #expect(content.principalReasons.allSatisfy { $0.loss == nil })
  }

  @Test func theBestScoreHasNoReason() {
    #expect(content([("a", "ONE", 10, 10)]).principalReasons == [])
  }
}
