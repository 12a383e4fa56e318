/// What the judges found.
struct DebtVerdict: Sendable {
  /// How much each judge has looked at.
  var counts: [String: Int] = [:]
  /// Findings by judge, with an example or a few.
  var failures: [String: [String]] = [:]

  mutating func count(_ what: String, _ number: Int = 1) { counts[what, default: 0] += number }

  mutating func fail(_ judge: String, _ what: String) { failures[judge, default: []].append(what) }

  mutating func merge(_ other: DebtVerdict) {
    counts.merge(other.counts) { $0 + $1 }
    failures.merge(other.failures) { $0 + $1 }
  }

  var isClean: Bool { failures.allSatisfy { $0.value.isEmpty } }

  /// The names of the judges, each of which is a goal of zero.
  static let judges = [
    "restrictions without an accepted certificate", "sent although paid", "missing releases",
    "doubled releases",
    "wrongful", "skipped steps", "without approval", "effects not exactly once", "order broken", "audit log",
    "missed by the agenda",
  ]

  /// One line a goal, as the scripts read them: `goal NAME: NUMBER`.
  var lines: [String] {
    counts.sorted { $0.key < $1.key }.map { "count \($0.key): \($0.value)" }
      + Self.judges.map { "goal \($0): \(failures[$0]?.count ?? 0)" }
      + failures.sorted { $0.key < $1.key }.flatMap { judge, found in
        found.prefix(5).map { "FAILED \(judge): \($0)" }
      }
  }
}
