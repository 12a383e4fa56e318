import AuditLog
import Decisioning
import FactStore
import SQLite
import Synchronization
import Values

/// Knows which rule set decides, and those that decided before; compiles each once.
final class RuleDesk: Sendable {
  private let store: FactStore
  private let audit: AuditLog
  /// Reads the rules folder, which decides as long as nothing was activated.
  private let folder: @Sendable () throws(RuleSetError) -> RuleSetFiles
  private let now: @Sendable () -> Instant
  private let state = Mutex(State())
  /// What was kept of customers' facts, for whichever rule set decides.
  private let cache = FeatureSnapshotCache()
  /// Held while a rule set is being loaded, so that two loops do not compile the same one.
  private let loading = Mutex(())

  private struct State {
    var inForce: RulesInForce?
    var folderFiles: RuleSetFiles?
    var texts: [Digest: RuleTexts] = [:]
    /// Rule sets that made earlier decisions which somebody asked about, the newest last.
    var earlier: [RuleSet] = []
  }

  /// So many earlier rule sets are kept compiled.
  private static let mostEarlier = 4

  init(
    store: FactStore, audit: AuditLog, now: @escaping @Sendable () -> Instant,
    folder: @escaping @Sendable () throws(RuleSetError) -> RuleSetFiles
  ) {
    self.store = store
    self.audit = audit
    self.now = now
    self.folder = folder
  }

  /// The rule set that decides on a day, as a snapshot of the database shows it.
  ///
  /// Where another was activated, or the day has changed, the first who asks loads it and the others wait: nothing is
  /// decided by rules that are no longer in force.
  func rules(on day: CivilDate, in reader: Reader) throws(Problem) -> RulesInForce {
    let basis: RulesInForce.Basis
    do { basis = try RulesInForce.basis(on: day, in: reader) } catch { throw Problem(error) }
    return try rules(basis)
  }

  /// The rule set that rests on this.
  func rules(_ basis: RulesInForce.Basis) throws(Problem) -> RulesInForce {
    if let known = state.withLock({ $0.inForce }), known.basis == basis { return known }
    return try loading.withLock { _ throws(Problem) in
      if let known = state.withLock({ $0.inForce }), known.basis == basis { return known }
      return try load(basis)
    }
  }

  /// Reads the folder again, where it decides; requests under way go on with what they have.
  func reload() throws(Problem) {
    let files: RuleSetFiles
    do { files = try folder() } catch { throw Problem(.noRules, error.sentence) }
    try loading.withLock { _ throws(Problem) in
      let basis = state.withLock { state in
        state.folderFiles = files
        return state.inForce?.basis
      }
      if let basis { _ = try load(basis) }
    }
  }

  /// The rule set that was loaded last.
  var current: RulesInForce? { state.withLock { $0.inForce } }

  /// The words of the rule set that made a decision.
  func texts(of version: Digest, in reader: Reader) throws(DecisionStoreError) -> RuleTexts {
    if let known = state.withLock({ $0.texts[version] }) { return known }
    let texts = RuleTexts(try RuleSetStore.files(version, in: reader))
    state.withLock { $0.texts[version] = texts }
    return texts
  }

  /// The rule set of some files, compiled.
  func ruleSet(_ files: RuleSetFiles) throws(RuleSetError) -> RuleSet {
    if let current = current?.rater.ruleSet, current.version == files.version { return current }
    if let known = state.withLock({ $0.earlier.first { $0.version == files.version } }) { return known }
    let ruleSet = try RuleSet(files)
    state.withLock { $0.earlier = $0.earlier.suffix(Self.mostEarlier - 1) + [ruleSet] }
    return ruleSet
  }

  private func load(_ basis: RulesInForce.Basis) throws(Problem) -> RulesInForce {
    let previous = state.withLock { $0.inForce }
    let files = try files(on: basis.businessDate)
    let loaded: RulesInForce
    if let previous, previous.texts.files.version == files.version {
      loaded = RulesInForce(
        previous.rater.ruleSet, key: previous.rater.ruleSetKey, cache: cache, basis: basis)
    } else {
      let ruleSet: RuleSet
      do { ruleSet = try RuleSet(files) } catch { throw Problem(.noRules, error.sentence) }
      loaded = RulesInForce(ruleSet, key: try keep(ruleSet), cache: cache, basis: basis)
    }
    state.withLock { state in
      state.inForce = loaded
      state.texts[files.version] = loaded.texts
    }
    return loaded
  }

  private func files(on day: CivilDate) throws(Problem) -> RuleSetFiles {
    let activated: RuleSetFiles?
    do throws(ActivationError) {
      activated = try store.read { reader throws(ActivationError) in
        try ActivationStore.files(on: day, in: reader.sql)
      }
    } catch {
      throw Problem(.noRules, error.sentence)
    }
    if let activated { return activated }
    if let known = state.withLock({ $0.folderFiles }) { return known }
    let files: RuleSetFiles
    do { files = try folder() } catch { throw Problem(.noRules, error.sentence) }
    state.withLock { $0.folderFiles = files }
    return files
  }

  private func keep(_ ruleSet: RuleSet) throws(Problem) -> Int {
    do throws(SQLiteError) {
      let known = try store.read { reader throws(SQLiteError) in
        try RuleSetStore.key(ruleSet.version, in: reader.sql)
      }
      if let known { return known }
      return try store.write(actor: "system", at: now(), purpose: "serve") {
        write throws(SQLiteError) in
        try RuleSetStore.keep(ruleSet, sequence: write.sequence, audit: audit, in: write.sql)
      }
    } catch {
      throw Problem(error)
    }
  }
}
