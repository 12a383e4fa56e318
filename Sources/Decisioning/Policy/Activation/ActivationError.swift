import SQLite
import Values

/// Why a rule set cannot be put in force, back in force, or be used.
public enum ActivationError: Error, Sendable, Equatable, StorageFailure {
  /// The database failed, or a stored rule set is not whole.
  case store(DecisionStoreError)
  /// The first day lies in the past, where decisions stand that another version made.
  case pastDay(CivilDate, today: CivilDate)
  /// There is nothing scheduled, and no version before the one in force.
  case nothingBefore
  /// No version is in force on a business date: the first one came into force later.
  case beforeFirst(CivilDate, first: CivilDate)
  /// The rules folder that was named is of another version than the one in force.
  case otherVersion(folder: String, version: Digest, inForce: Digest, on: CivilDate)
  /// No kept version begins with these letters.
  case unknownVersion(String)
  /// Several kept versions begin with these letters.
  case ambiguousVersion(String, [Digest])

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .store(.storage(error)) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .store(let error): error.code
    case .pastDay: "activation.past-day"
    case .nothingBefore: "activation.nothing-before"
    case .beforeFirst: "activation.before-first"
    case .otherVersion: "activation.other-version"
    case .unknownVersion: "activation.unknown-version"
    case .ambiguousVersion: "activation.ambiguous-version"
    }
  }

  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .store(let error): error.sentence
    case .pastDay(let day, let today):
      "A rule set cannot be activated from \(day), which is past: decisions for that day were made by what was in "
        + "force then, and have to stay explained by it. Name \(today) or a later day with --from."
    case .nothingBefore:
      "There is nothing to go back to: no activation is scheduled, and no other version was in force before. "
        + "'bonitas rules versions' lists what there is."
    case .beforeFirst(let day, let first):
      "No rule set was in force on \(day): the first one decides from \(first). Name a business date from then on; "
        + "'bonitas rules versions' lists what is in force when."
    case .otherVersion(let folder, let version, let inForce, let day):
      "The rules in '\(folder)' are version \(version.short), but on \(day) version \(inForce.short) is in force and "
        + "decides. Leave out the folder, or put it in force: 'bonitas rules activate \(folder)'."
    case .unknownVersion(let text):
      "There is no folder '\(text)', and no version that is kept begins so. 'bonitas rules versions' lists the versions."
    case .ambiguousVersion(let text, let versions):
      "Several versions begin with '\(text)': \(versions.map(\.short).joined(separator: ", ")). Write more letters."
    }
  }
}

extension Digest {
  /// The first twelve letters, by which people tell versions apart.
  public var short: String { String(hexadecimal.prefix(12)) }
}
