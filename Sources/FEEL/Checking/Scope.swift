/// The names that an expression may use, with their types and slots.
///
/// A scope is a value: declaring a name in a copy leaves the original as it was. Slots count up from 0 in the order
/// of declaration; the caller fills a `Frame` accordingly. The built-in functions lie beneath every scope.
public struct Scope: Sendable {
  /// A name with its type and place.
  public struct Binding: Sendable {
    /// The name as it is written in expressions.
    public let name: String
    /// The type of the values.
    public let type: FEELType
    /// The place in the frame.
    public let slot: Int
    /// The names of the parameters, if it is a function known when compiling.
    public let parameters: [FunctionParameter]?
  }

  private(set) var bindings: [Binding] = []
  private var latest: [String: Int] = [:]
  private(set) var types: [String: FEELType] = [:]
  private(set) var namespaces: [String: Scope] = [:]
  /// The names of variables and namespaces by first word.
  private(set) var table = NameTable()
  /// How many slots the names take; the frame has to have at least so many.
  public private(set) var slotCount: Int

  /// Makes an empty scope; its slots begin at `firstSlot`.
  public init(firstSlot: Int = 0) { slotCount = firstSlot }

  /// Declares a name and answers its slot; a later declaration of the same name hides the earlier one.
  @discardableResult
  public mutating func declare(
    _ name: String, type: FEELType = .any, parameters: [FunctionParameter]? = nil
  ) -> Int {
    let slot = slotCount
    slotCount += 1
    declare(name, type: type, slot: slot, parameters: parameters)
    return slot
  }

  /// Takes a slot that no name reaches, for values of the caller's own.
  public mutating func reserve() -> Int {
    defer { slotCount += 1 }
    return slotCount
  }

  /// Declares a name for a slot that exists already.
  public mutating func declare(
    _ name: String, type: FEELType, slot: Int, parameters: [FunctionParameter]? = nil
  ) {
    slotCount = max(slotCount, slot + 1)
    let name = Name.normalized(name)
    latest[name] = bindings.count
    table.insert(name)
    bindings.append(Binding(name: name, type: type, slot: slot, parameters: parameters))
  }

  /// Declares a name for a type, as `instance of` and parameter types use it.
  public mutating func declareType(_ name: String, _ type: FEELType) { types[Name.normalized(name)] = type }

  /// Declares a name before whose dot the names and types of another scope stand: an import.
  ///
  /// The slots of `members` are slots of the same frame.
  public mutating func declareNamespace(_ name: String, _ members: Scope) {
    slotCount = max(slotCount, members.slotCount)
    namespaces[Name.normalized(name)] = members
    table.insert(Name.normalized(name))
  }

  /// The binding of a name, the latest one first.
  public func binding(of name: String) -> Binding? { latest[name].map { bindings[$0] } }

  /// The type of a name in normal form: built in, declared, or of an import (`import.type`).
  func type(named name: String) -> FEELType? {
    if let type = types[name] ?? FEELType(simpleName: name) { return type }
    for (prefix, members) in namespaces where name.hasPrefix(prefix + ".") {
      if let type = members.type(named: String(name.dropFirst(prefix.count + 1))) { return type }
    }
    return nil
  }

  /// The names of types, those of imports with their prefix.
  var typeTable: NameTable { NameTable(typeNames) }

  private var typeNames: [String] {
    var names = Scope.simpleTypeNames + types.keys
    for (prefix, members) in namespaces { names += members.typeNames.map { "\(prefix).\($0)" } }
    return names
  }

  private static let simpleTypeNames = [
    "Any", "Null", "boolean", "number", "string", "date", "time", "date and time", "dateTime",
    "years and months duration", "yearMonthDuration", "days and time duration", "dayTimeDuration", "list",
    "context", "range", "function",
  ]

  /// The built-in functions by name.
  static let builtIns: [String: BuiltIn] = Dictionary(
    BuiltIns.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// Their names by first word.
  static let builtInTable = NameTable(BuiltIns.all.map(\.name))
}
