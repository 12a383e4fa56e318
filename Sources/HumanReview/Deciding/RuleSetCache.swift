import Decisioning
import FactStore
import Synchronization
import Values

/// Rule sets by version, compiled once: reviewers decide by few of them, and compiling takes longer than deciding.
final class RuleSetCache: Sendable {
  private let compiled: Mutex<[Digest: RuleSet]>

  init(_ ruleSet: RuleSet?) {
    compiled = Mutex(ruleSet.map { [$0.version: $0] } ?? [:])
  }

  /// The rule set of a version that the store keeps.
  func ruleSet(_ version: Digest, _ reader: FactReader) throws(ReviewError) -> RuleSet {
    if let known = compiled.withLock({ $0[version] }) { return known }
    let files: RuleSetFiles
    do { files = try RuleSetStore.files(version, in: reader.sql) } catch { throw .decisions(error) }
    return try ruleSet(files)
  }

  /// The rule set of some files.
  func ruleSet(_ files: RuleSetFiles) throws(ReviewError) -> RuleSet {
    if let known = compiled.withLock({ $0[files.version] }) { return known }
    let ruleSet: RuleSet
    do { ruleSet = try RuleSet(files) } catch { throw .rating(.ruleSet(error)) }
    compiled.withLock { $0[files.version] = ruleSet }
    return ruleSet
  }
}
