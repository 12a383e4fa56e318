/// A type of FEEL (DMN 1.5, 10.3.2.9).
public indirect enum FEELType: Sendable, Hashable {
  /// A named entry of a context type.
  public struct Field: Sendable, Hashable {
    /// The entry's name.
    public let name: String
    /// The entry's type.
    public let type: FEELType

    /// Makes an entry.
    public init(_ name: String, _ type: FEELType) {
      self.name = name
      self.type = type
    }
  }

  /// Any value, null among them.
  case any
  /// Null alone.
  case null
  case boolean
  case number
  case string
  case date
  case time
  case dateTime
  case yearsMonthsDuration
  case daysTimeDuration
  case list(FEELType)
  /// A context with at least these entries; without entries, every context.
  case context([Field])
  /// A function of these parameters; nil for every function.
  case function([FEELType]?, FEELType)
  case range(FEELType)
  /// A type with a name of its own and perhaps a constraint: an item definition of DMN.
  case defined(DefinedType)
}

/// A type with a name: an item definition of DMN, with the constraint of its allowed values.
public final class DefinedType: Sendable, Hashable {
  /// Whether a value that conforms to the base type is allowed.
  public typealias Constraint = @Sendable (_ value: Value) -> Bool

  /// The name, for messages.
  public let name: String
  /// The type behind the name.
  public let base: FEELType
  /// What is allowed of the base type; nil for everything.
  public let admits: Constraint?
  /// The test of the base type and of what is allowed of it.
  let test: ConformanceTest

  /// Makes a named type.
  public init(name: String, base: FEELType, admits: Constraint? = nil) {
    self.name = name
    self.base = base
    self.admits = admits
    test = ConformanceTest(base, admits: admits)
  }

  /// Whether both are the same definition.
  public static func == (left: DefinedType, right: DefinedType) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension FEELType: CustomStringConvertible {
  /// The type as FEEL writes it (grammar rule 52).
  public var description: String {
    switch self {
    case .any: "Any"
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .yearsMonthsDuration: "years and months duration"
    case .daysTimeDuration: "days and time duration"
    case .list(let element): "list<\(element)>"
    case .range(let element): "range<\(element)>"
    case .context(let fields):
      fields.isEmpty
        ? "context" : "context<\(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>"
    case .function(nil, _): "function"
    case .function(let parameters?, let result):
      "function<\(parameters.map(\.description).joined(separator: ", "))> -> \(result)"
    case .defined(let type): type.name
    }
  }

  /// The built-in simple type of a name, or nil.
  public init?(simpleName name: String) {
    switch name {
    case "Any": self = .any
    case "Null": self = .null
    case "boolean": self = .boolean
    case "number": self = .number
    case "string": self = .string
    case "date": self = .date
    case "time": self = .time
    case "date and time", "dateTime": self = .dateTime
    case "years and months duration", "yearMonthDuration": self = .yearsMonthsDuration
    case "days and time duration", "dayTimeDuration": self = .daysTimeDuration
    case "list": self = .list(.any)
    case "context": self = .context([])
    case "range": self = .range(.any)
    case "function": self = .function(nil, .any)
    default: return nil
    }
  }

  /// The type behind a name, without its constraint.
  public var resolved: FEELType {
    var type = self
    while case .defined(let definition) = type { type = definition.base }
    return type
  }
}
