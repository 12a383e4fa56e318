import DebtManagement
import Testing

struct LadderStepTests {
  @Test func `steps bear the words of the policy, in the order of the ladder`() {
    #expect(LadderStep.allCases.first == .reminder)
    #expect(LadderStep(rawValue: "disconnection request") == .disconnectionRequest)
  }
}
