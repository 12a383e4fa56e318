import FactStore
import Facts
import Values

/// A store as the rules describe it, without any cleverness: a list of versions that every question goes through.
struct NaiveStore {
  struct Version {
    let fact: Fact
    let factID: Int
    let source: String
    let digest: Digest?
    let known: Instant
    let sequence: Int
  }

  private(set) var versions: [Version] = []
  private var lastID = 0

  enum Answer: Equatable {
    case outcome(StoreOutcome)
    case refused(String)
  }

  mutating func store(_ fact: Fact, _ file: BatchDescription, sequence: Int) -> Answer {
    let record = versions.filter {
      $0.fact.kind == fact.kind && $0.fact.id == fact.id && $0.source == file.source
    }
    let counting = Self.winner(record.filter { $0.known <= file.knownFrom })
    if let counting, counting.fact == fact { return .outcome(.alreadyKnown(fact: counting.factID)) }
    let sameFile = record.filter { $0.digest == file.digest }
      .sorted { ($0.known, $0.factID) < ($1.known, $1.factID) }
    if let known = sameFile.last(where: { $0.fact == fact }) {
      return .outcome(.alreadyKnown(fact: known.factID))
    }
    if !sameFile.isEmpty { return .refused("contradicting-record") }
    if case .customer(let customer) = fact, let code = customer.identifier {
      let holders = holders(of: code, asOf: Samples.asOf(1_000_000_000, known: 1_000_000_000))
      if !holders.subtracting([customer.number]).isEmpty { return .refused("identifier-taken") }
    }
    lastID += 1
    versions.append(
      Version(
        fact: fact, factID: lastID, source: file.source, digest: file.digest, known: file.knownFrom,
        sequence: sequence))
    guard let counting else { return .outcome(.stored(fact: lastID)) }
    return .outcome(.correction(fact: lastID, supersedes: counting.factID))
  }

  /// The facts that count, whoever's they are.
  func counting(_ asOf: AsOf) -> [Version] {
    struct Record: Hashable {
      let kind: FactKind
      let source: String
      let id: String
    }
    let visible = versions.filter {
      $0.known <= asOf.knownAt && $0.sequence <= asOf.sequence ?? Int.max
    }
    return Dictionary(grouping: visible) { Record(kind: $0.fact.kind, source: $0.source, id: $0.fact.id) }
      .values.compactMap { Self.winner($0) }.filter { $0.fact.trueFrom <= asOf.businessDate }
  }

  /// The numbers of the customers whose customer facts name a code.
  func holders(of code: Identifier, asOf: AsOf) -> Set<String> {
    Set(
      counting(asOf).compactMap { version in
        if case .customer(let customer) = version.fact, customer.identifier == code {
          customer.number
        } else {
          nil
        }
      })
  }

  /// The ids of the facts of every customer of the portfolio; of a customer's own facts only the last one learnt.
  func portfolio(_ asOf: AsOf) -> [String: Set<Int>] {
    var result: [String: Set<Int>] = [:]
    let counting = counting(asOf)
    for version in counting where version.fact.kind == .customer {
      let rivals = counting.filter { $0.fact.kind == .customer && $0.fact.id == version.fact.id }
      if rivals.allSatisfy({ ($0.known, $0.source) <= (version.known, version.source) }) {
        result[version.fact.id] = [version.factID]
      }
    }
    for version in counting where version.fact.kind != .customer {
      let owners: Set<String> =
        switch version.fact.customer {
        case .number(let number): [number]
        case .identifier(let code): holders(of: code, asOf: asOf)
        }
      for owner in owners where result[owner] != nil { result[owner]?.insert(version.factID) }
    }
    return result
  }

  private static func winner(_ versions: [Version]) -> Version? {
    versions.max { ($0.known, $0.factID) < ($1.known, $1.factID) }
  }
}
