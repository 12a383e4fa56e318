import Decisioning
import FEEL
import Formats

/// Counts what examples reach: rules that matched, and the atoms of columns that their values lie in.
struct CoverageCount {
  /// A column that names an input or decision, with the parts that the tables cut it into.
  struct Column {
    let axis: Axis
    /// The atoms that some customer can be in.
    let reachable: AtomSet
    /// The slot of the input; nil for a decision.
    let slot: Int?
  }

  private let policy: PolicyModel?
  /// The columns of each table of a decision.
  private(set) var columns: [String: [Column]] = [:]
  private var met: [String: Set<String>] = [:]
  private var touched: [String: AtomSet] = [:]

  init(_ policy: PolicyModel?) {
    self.policy = policy
    guard let policy else { return }
    for table in policy.tables where table.decision != nil {
      columns[table.name] = table.columns.compactMap(\.variable).compactMap { variable in
        let axis = policy.axis(variable)
        guard !axis.isOpaque else { return nil }
        var reachable = axis.all
        if let sums = policy.reach(of: variable)?.sums {
          let reached = sums.compactMap { axis.atom(of: .number($0)) }
          reachable = AtomSet(reached, count: axis.atoms.count)
        }
        return Column(
          axis: axis, reachable: reachable, slot: policy.inputNames.firstIndex(of: variable))
      }
    }
  }

  /// Takes an example in.
  mutating func add(_ inputs: [Value], _ answer: PolicyAnswer) {
    add(inputs, answer.values, answer.matchedRules)
  }

  /// Takes an example in, by what decisions came to and which rules matched.
  mutating func add(
    _ inputs: [Value], _ values: [DecidedValue], _ matchedRules: [DecisionContent.MatchedRules]
  ) {
    for table in matchedRules { met[table.decision, default: []].formUnion(table.rules) }
    for column in columns.values.joined() {
      let value =
        column.slot.map { inputs[$0] }
        ?? values.first { $0.name == column.axis.name }.map { Value(plain: $0.value) }
      if let atom = value.flatMap(column.axis.atom) {
        touched[column.axis.name, default: AtomSet(count: column.axis.atoms.count)].insert(atom)
      }
    }
  }

  /// Whether a rule was met.
  func isMet(_ rule: String, of table: String) -> Bool { met[table]?.contains(rule) ?? false }

  /// The atoms of a column that no example lies in.
  func open(_ column: Column) -> AtomSet {
    touched[column.axis.name].map(column.reachable.subtracting) ?? column.reachable
  }

  /// The coverage of each table, in the model's order.
  var tables: [TableCoverage] {
    guard let policy else { return [] }
    return policy.tables.filter { $0.decision != nil }.map { table in
      let ids = table.rules.map(table.id)
      let columns = columns[table.name] ?? []
      return TableCoverage(
        table: table.name, rules: ids.count, rulesNotMet: ids.filter { !isMet($0, of: table.name) },
        boundaries: columns.reduce(0) { $0 + $1.reachable.count },
        boundariesNotTouched: columns.flatMap { column in
          open(column).members.map { atom in
            let words = column.axis.words(AtomSet([atom], count: column.axis.atoms.count))
            return "\(column.axis.name) \(words)"
          }
        })
    }
  }
}

extension Value {
  /// A decision's value as it is kept; lists and contexts belong to no column that is counted.
  fileprivate init(plain json: JSONValue) {
    switch json {
    case .bool(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .null, .array, .object: self = .null
    }
  }
}
