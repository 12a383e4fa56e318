import DMN
import Decisioning
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// The policy that the repository ships compiles without a finding and scores up to 1000 points.
@Suite struct ShippedRulesTests {
  static let folder = Repository.root.appending(path: "rules").path

  @Test func theModelsHaveNoFinding() throws {
    for path in ["features.dmn", "credit-rating.dmn"] {
      let model = try DecisionModel(path: "\(Self.folder)/\(path)")
      #expect(model.findings.map(\.sentence) == [])
    }
  }

  @Test func theRuleSetLoads() throws {
    let ruleSet = try RuleSet(folder: Self.folder)
    #expect(ruleSet.characteristics.count == 13)
    #expect(Set(ruleSet.characteristics).isSubset(of: Set(ruleSet.featureNames)))
  }

  @Test func theVersionFollowsTheContent() throws {
    let files = try RuleSetFiles(folder: Self.folder)
    var contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
    #expect(RuleSetFiles(contents).version == files.version)
    contents["features.dmn"]?.append(0x20)
    #expect(RuleSetFiles(contents).version != files.version)
  }
}
