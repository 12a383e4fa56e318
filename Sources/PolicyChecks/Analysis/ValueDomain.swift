import DMN
import FEEL
import Values

/// The values that a variable may have: by its declared type, and by what the decision behind it can give.
struct ValueDomain {
  /// What another decision can give.
  enum Possible {
    /// These alone.
    case values([Value])
    /// Sums between two ends; exactly these sums where they could be counted.
    case sums(low: Decimal, high: Decimal, all: Set<Decimal>?)
  }

  /// The kind of value, names resolved: `.number`, `.string`, `.list`.
  var type: FEELType = .any
  /// The name of the declared type, for messages.
  var typeName: String?
  /// All of these have to hold.
  var constraints: [UnaryTests] = []
  /// The parts of constraints that have a shape, for the points where they begin and end.
  var parts: [UnaryTests] = []
  /// Whether only whole numbers are declared.
  var isWhole = false
  /// Whether the value may be missing.
  var isNullable = false
  /// What the decision behind the variable can give; nil where that is not known.
  var possible: Possible?

  /// Any value at all.
  init() {}

  /// The domain of a declared type.
  init(typeReference: String?, in definitions: Definitions) {
    typeName = typeReference
    var name = typeReference
    var seen: Set<String> = []
    while let current = name, seen.insert(current).inserted,
      let item = definitions.itemDefinitions.first(where: { $0.identity.name == current })
    {
      if item.function != nil {
        type = .function(nil, .any)
        return
      }
      if item.isCollection {
        type = .list(.any)
        return
      }
      if !item.components.isEmpty {
        type = .context([])
        return
      }
      for tests in [item.allowedValues, item.typeConstraint].compactMap({ $0 }) { add(tests.text) }
      name = item.typeReference
    }
    if let name {
      type = FEELType(simpleName: name) ?? (name.hasPrefix("list<") ? .list(.any) : .any)
      // The base type is known only now, and booleans are read by it.
      let texts = constraints.map(\.text)
      constraints = []
      parts = []
      for text in texts { add(text) }
    }
  }

  /// Adds allowed values, as of a column.
  mutating func add(_ text: String) {
    guard !text.allSatisfy(\.isWhitespace) else { return }
    let tests = FEEL.compile(unaryTests: text, in: Scope(), inputType: type)
    guard tests.isSound else { return }
    constraints.append(tests)
    guard case .general = tests.shape else {
      parts.append(tests)
      return
    }
    for conjunct in text.split(separator: " and ").map({ part in part.filter { !$0.isWhitespace } }) {
      if Self.wholeNumberTests.contains(conjunct) {
        isWhole = true
      } else if conjunct.hasPrefix("?") {
        let part = FEEL.compile(unaryTests: String(conjunct.dropFirst()), in: Scope(), inputType: type)
        if part.isSound { parts.append(part) }
      }
    }
  }

  /// The ways in which a type says that only whole numbers belong to it.
  private static let wholeNumberTests: Set<String> = [
    "?=floor(?)", "floor(?)=?", "?=ceiling(?)", "ceiling(?)=?", "modulo(?,1)=0", "0=modulo(?,1)",
  ]

  /// Whether a value that is known belongs to the declared type.
  func isDeclared(_ value: Value) -> Bool {
    if case .number(let number) = value, isWhole, !number.isInteger { return false }
    return constraints.allSatisfy { $0.holds(for: value) }
  }

  /// Whether a value belongs to the type and can be given.
  func admits(_ value: Value) -> Bool {
    if value.isNull { return isNullable }
    guard isDeclared(value) else { return false }
    switch possible {
    case nil: return true
    case .values(let values): return values.contains { Value.isSame($0, value) }
    case .sums(let low, let high, _): return value.number.map { low <= $0 && $0 <= high } ?? false
    }
  }

  /// The same without what the decision behind the variable says.
  var declaredOnly: ValueDomain {
    var domain = self
    domain.possible = nil
    return domain
  }

  /// The kind alone.
  var unconstrained: ValueDomain {
    var domain = declaredOnly
    domain.constraints = []
    domain.parts = []
    domain.isWhole = false
    domain.isNullable = true
    return domain
  }
}

extension UnaryTests {
  /// Whether a value passes tests that turn on the value alone.
  func holds(for value: Value) -> Bool {
    var evaluation = Evaluation()
    return evaluate(value, Frame(count: max(slotCount, inputSlot + 1)), &evaluation) == true
  }

  /// The constants among the tests; those written in tests of no simple shape included.
  var constants: [Value] {
    switch shape {
    case .any: return []
    case .constants(let values), .exceptConstants(let values): return values.filter { !$0.isNull }
    case .intervals(let intervals): return intervals.flatMap { [$0.low, $0.high].compactMap { $0 } }
    case .general: return FEELText(text).literals
    }
  }

  /// Whether the tests speak of the missing value.
  var mentionsNull: Bool {
    switch shape {
    case .constants(let values), .exceptConstants(let values): values.contains(where: \.isNull)
    case .general: FEELText(text).words.contains("null")
    case .any, .intervals: false
    }
  }
}
