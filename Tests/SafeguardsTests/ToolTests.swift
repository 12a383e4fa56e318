import Safeguards
import Testing

struct ToolTests {
  @Test func `the words of tools stay, since law data and certificates hold them`() {
    #expect(Tool.allCases.map(\.rawValue) == ["disconnectionRequest", "powerLimit", "contractTermination"])
  }
}
