import Facts
import SQLite
import Values

extension FactReader {
  /// For how long a source that gave nothing usable makes decisions wait, unless it is asked again meanwhile.
  ///
  /// Deciding without it is for people within this time; after it what is known counts as it did before anybody asked.
  public static let silenceHours = 24

  /// What the pulls about a customer mean for a decision.
  public struct Pulls: Hashable, Sendable {
    /// The sources that gave nothing usable, by name.
    public var silent: [String] = []
    /// The kinds of record that a register was asked about with an answer, if only that it has none.
    public var answered: Set<FactKind> = []

    /// That nobody was asked.
    public init() {}
  }

  /// Whether a register was ever asked about anybody; where not, nobody need look for it.
  public func hasPulls() throws(SQLiteError) -> Bool {
    try sql.integer("SELECT 1 FROM source_pull LIMIT 1") != nil
  }

  /// What the pulls about a customer mean, as of a point in time.
  ///
  /// A source is silent that was asked last and gave no answer, one that breaks the contract, or one that may not tell, was
  /// erased or is disputed: only what a register has, or that it has nothing, is knowledge.
  public func pulls(of customerKey: Int, asOf: AsOf) throws(StoreError) -> Pulls {
    var pulls = Pulls()
    let newest = try newestPulls(of: customerKey, knownAt: asOf.knownAt, sequence: asOf.sequence)
    for (source, found) in newest {
      if found.last.state != .present, found.last.state != .absent,
        asOf.knownAt.microseconds - found.last.at.microseconds <= Self.silenceHours * 3_600_000_000
      {
        pulls.silent.append(source)
      }
      if let known = found.lastConclusive { pulls.answered.formUnion(known.kinds) }
    }
    pulls.silent.sort()
    return pulls
  }
}
