import Decisioning
import PolicyChecks
import Testing

/// The policy that the repository ships is whole.
@Suite struct ShippedPolicyTests {
  @Test func theShippedRulesAreClean() throws {
    #expect(PolicyChecks.findings(try Planting().files).map(\.sentence) == [])
  }
}
