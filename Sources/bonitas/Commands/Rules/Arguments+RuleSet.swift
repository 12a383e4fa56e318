import Decisioning
import FactStore
import SQLite
import Values

extension Arguments {
  /// The rules folder that was named in this call or its environment; nil where the default one is meant.
  private func namedRules(_ edge: Edge) -> String? {
    self[SharedOptions.rules] ?? edge.variable("BONITAS_RULES")
  }

  /// The rule set that decides for a business date.
  ///
  /// With an activation in the database it is the version in force on that day, read from the database; without any it
  /// is the rules folder (docs/decisions/0008).
  ///
  /// - Parameter mayTryOut: whether a folder of another version may be named, where nothing is recorded.
  func ruleSet(
    _ edge: Edge, on day: CivilDate, in store: FactStore, mayTryOut: Bool = false
  ) throws(Failure) -> RuleSet {
    let named = namedRules(edge)
    if mayTryOut, named != nil { return try ruleSet(edge) }
    let stored = try failing {
      try store.read { reader throws(ActivationError) in try ActivationStore.files(on: day, in: reader.sql) }
    }
    guard let stored else { return try ruleSet(edge) }
    return try failing {
      if let named {
        let version = try RuleSetFiles(folder: named).version
        guard version == stored.version else {
          throw ActivationError.otherVersion(
            folder: named, version: version, inForce: stored.version, on: day)
        }
      }
      return try RuleSet(stored)
    }
  }

  /// The day today, from which activations count.
  func today(_ edge: Edge) -> CivilDate { RigaTime.date(at: edge.now) }
}
