/// A type made ready for asking of many values whether they belong to it.
///
/// Answers what `Value.conforms(to:)` answers; names are resolved once and entries looked for where the type has
/// them first. A value that conforms is its own coercion, so that most values need no other.
public final class ConformanceTest: Sendable {
  private enum Kind: Sendable {
    case any, boolean, number, string, date, list, context, other
  }

  private struct Entry: Sendable {
    let name: String
    let test: ConformanceTest
  }

  private let kind: Kind
  /// The test of a list's items; nil where every item will do.
  private let element: ConformanceTest?
  /// The tests of a context's entries, in the order of the type.
  private let entries: [Entry]
  /// What the names on the way allow, the innermost first.
  private let constraints: [DefinedType.Constraint]
  /// The type behind the names.
  private let type: FEELType

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
    var element: ConformanceTest?
    var entries: [Entry] = []
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
    case .context(let fields):
      kind = .context
      entries = fields.map { Entry(name: $0.name, test: ConformanceTest($0.type)) }
    default: kind = .other
    }
    self.element = element
    self.entries = entries
  }

  /// Whether every value belongs to the type.
  public var admitsAll: Bool { kind == .any && constraints.isEmpty }

  /// Whether the value belongs to the type; null belongs to every type.
  public func admits(_ value: Value) -> Bool {
    if case .null = value { return true }
    guard constraints.isEmpty else {
      return hasForm(value) && constraints.allSatisfy { $0(value) }
    }
    return hasForm(value)
  }

  private func hasForm(_ value: Value) -> Bool {
    if kind == .any { return true }
    switch value {
    case .boolean: return kind == .boolean
    case .number: return kind == .number
    case .string: return kind == .string
    case .date: return kind == .date
    case .list(let items):
      guard kind == .list else { return false }
      guard let element else { return true }
      for item in items where !element.admits(item) { return false }
      return true
    case .context(let context):
      guard kind == .context else { return false }
      for (place, entry) in entries.enumerated() {
        guard let position = context.shape.position(of: entry.name, guess: place),
          entry.test.admits(context.values[position])
        else { return false }
      }
      return true
    default: return kind == .other && value.isInstance(of: type)
    }
  }
}
