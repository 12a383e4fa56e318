internal import Synchronization

/// A type made ready for asking of many values whether they belong to it.
///
/// Answers what `Value.conforms(to:)` answers; names are resolved once and entries looked for where the type has
/// them first. A value that conforms is its own coercion, so that most values need no other.
public final class ConformanceTest: Sendable {
  private enum Kind: Sendable {
    case any, boolean, number, string, date, list, context, other
  }

  private let kind: Kind
  /// The test of a list's items; nil where every item will do.
  private let element: ConformanceTest?
  /// The entries of a context, in the order of the type: their names, kinds and tests.
  private let names: [String]
  /// Told apart from the tests, because most entries are told by their kind alone.
  private let kinds: [Kind]
  private let tests: [ConformanceTest]
  /// What the names on the way allow, the innermost first.
  private let constraints: [DefinedType.Constraint]
  private let isConstrained: Bool
  /// The type behind the names.
  private let type: FEELType
  /// The number of a shape whose entries stand as the type has them: contexts of a list mostly are of one shape.
  private let fittingShape = Atomic<UInt64>(0)

  /// Makes the test of a type.
  public convenience init(_ type: FEELType) {
    self.init(type, admits: nil)
  }

  /// Makes the test of a type of which only a part is allowed.
  init(_ type: FEELType, admits: DefinedType.Constraint?) {
    var type = type
    var constraints = admits.map { [$0] } ?? []
    while case .defined(let definition) = type {
      if let admits = definition.admits { constraints.insert(admits, at: 0) }
      type = definition.base
    }
    self.type = type
    self.constraints = constraints
    isConstrained = !constraints.isEmpty
    var element: ConformanceTest?
    var fields: [FEELType.Field] = []
    switch type {
    case .any: kind = .any
    case .boolean: kind = .boolean
    case .number: kind = .number
    case .string: kind = .string
    case .date: kind = .date
    case .list(let item):
      kind = .list
      let test = ConformanceTest(item)
      if !test.admitsAll { element = test }
    case .context(let known):
      kind = .context
      fields = known
    default: kind = .other
    }
    self.element = element
    names = fields.map(\.name)
    tests = fields.map { ConformanceTest($0.type) }
    kinds = tests.map { $0.isConstrained ? .other : $0.kind }
  }

  /// Whether every value belongs to the type.
  public var admitsAll: Bool { kind == .any && !isConstrained }

  /// Whether the value belongs to the type; null belongs to every type.
  public func admits(_ value: Value) -> Bool {
    if case .null = value { return true }
    guard isConstrained else { return hasForm(value) }
    return hasForm(value) && constraints.allSatisfy { $0(value) }
  }

  private func hasForm(_ value: Value) -> Bool {
    switch Self.answer(kind, value) {
    case let answer?: return answer
    case nil: break
    }
    switch value {
    case .list(let items):
      guard let element else { return true }
      for index in items.indices where !element.admits(items[index]) { return false }
      return true
    case .context(let context): return hasEntries(context)
    default: return value.isInstance(of: type)
    }
  }

  private func hasEntries(_ context: Context) -> Bool {
    let shape = context.shape
    guard fittingShape.load(ordering: .relaxed) != shape.number else {
      for place in kinds.indices where !admits(context.values[place], at: place) { return false }
      return true
    }
    var fits = true
    for place in kinds.indices {
      guard let position = shape.position(of: names[place], guess: place),
        admits(context.values[position], at: place)
      else { return false }
      if position != place { fits = false }
    }
    if fits { fittingShape.store(shape.number, ordering: .relaxed) }
    return true
  }

  @inline(__always)
  private func admits(_ value: Value, at place: Int) -> Bool {
    if case .null = value { return true }
    return Self.answer(kinds[place], value) ?? tests[place].admits(value)
  }

  /// What a value's kind alone tells; nil where its parts have to be looked at.
  @inline(__always)
  private static func answer(_ kind: Kind, _ value: Value) -> Bool? {
    if kind == .any { return true }
    switch value {
    case .boolean: return kind == .other ? nil : kind == .boolean
    case .number: return kind == .other ? nil : kind == .number
    case .string: return kind == .other ? nil : kind == .string
    case .date: return kind == .other ? nil : kind == .date
    case .list: return kind == .list || kind == .other ? nil : false
    case .context: return kind == .context || kind == .other ? nil : false
    default: return kind == .other ? nil : false
    }
  }
}
