extension FEELType {
  /// Whether every value of this type is a value of the other (DMN 1.5, 10.3.2.9.2).
  public func conforms(to other: FEELType) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (_, .any), (.null, _): return true
    case (.defined(let definition), _): return definition.base.conforms(to: other)
    case (_, .defined(let definition)): return definition.admits == nil && conforms(to: definition.base)
    case (.list(let element), .list(let wanted)), (.range(let element), .range(let wanted)):
      return element.conforms(to: wanted)
    case (.context(let fields), .context(let wanted)):
      return wanted.allSatisfy { want in
        fields.contains { $0.name == want.name && $0.type.conforms(to: want.type) }
      }
    case (.function, .function(nil, _)): return true
    case (.function(let parameters?, let result), .function(let wanted?, let wantedResult)):
      // Parameters are contravariant, the result is covariant.
      return parameters.count == wanted.count && result.conforms(to: wantedResult)
        && zip(wanted, parameters).allSatisfy { $0.conforms(to: $1) }
    default: return false
    }
  }

  /// Whether some value other than null may belong to both types, so that a check at compile time must let it pass.
  func overlaps(_ other: FEELType) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any), (.null, _), (_, .null): return true
    case (.defined(let definition), _): return definition.base.overlaps(other)
    case (_, .defined(let definition)): return overlaps(definition.base)
    case (.list, .list), (.context, .context), (.function, .function), (.range, .range): return true
    default: return self == other
    }
  }

  /// The least type to which both conform.
  func joined(with other: FEELType) -> FEELType {
    if conforms(to: other) { return other }
    if other.conforms(to: self) { return self }
    switch (self, other) {
    case (.defined(let definition), _): return definition.base.joined(with: other)
    case (_, .defined(let definition)): return joined(with: definition.base)
    case (.list(let left), .list(let right)): return .list(left.joined(with: right))
    case (.range(let left), .range(let right)): return .range(left.joined(with: right))
    case (.context(let left), .context(let right)):
      return .context(
        left.compactMap { field in
          right.first { $0.name == field.name }.map { Field(field.name, field.type.joined(with: $0.type)) }
        })
    case (.function, .function): return .function(nil, .any)
    default: return .any
    }
  }
}

extension Value {
  /// Whether the value belongs to a type; null belongs to every type (DMN 1.5, 10.3.2.9.2 and Table 54).
  public func conforms(to type: FEELType) -> Bool {
    if case .null = self { return true }
    return isInstance(of: type)
  }

  /// What `instance of` answers (Table 54): null is an instance of `Null` alone.
  public func isInstance(of type: FEELType) -> Bool {
    switch (self, type) {
    case (.null, .null): return true
    case (.null, _): return false
    case (_, .any): return true
    case (_, .defined(let definition)):
      return isInstance(of: definition.base) && (definition.admits?(self) ?? true)
    case (.boolean, .boolean), (.number, .number), (.string, .string), (.date, .date), (.time, .time),
      (.dateTime, .dateTime), (.yearsMonthsDuration, .yearsMonthsDuration),
      (.daysTimeDuration, .daysTimeDuration):
      return true
    case (.list(let items), .list(let element)):
      if element == .any { return true }
      return items.allSatisfy { $0.conforms(to: element) }
    case (.context(let context), .context(let fields)):
      return fields.allSatisfy { field in
        guard let value = context[field.name] else { return false }
        return value.conforms(to: field.type)
      }
    case (.range(let range), .range(let element)):
      if element == .any { return true }
      return [range.low, range.high].allSatisfy { $0?.conforms(to: element) ?? true }
    case (.function(let function), .function):
      return function.types.contains { $0.conforms(to: type) }
    default: return false
    }
  }

  /// The name of the value's kind, for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .date: "a date"
    case .time: "a time"
    case .dateTime: "a date and time"
    case .yearsMonthsDuration: "a years and months duration"
    case .daysTimeDuration: "a days and time duration"
    case .list: "a list"
    case .context: "a context"
    case .range: "a range"
    case .function: "a function"
    }
  }
}

extension FunctionValue {
  /// The type of the function; for a built-in of several overloads, that of any function.
  public var type: FEELType { types.count == 1 ? types[0] : .function(nil, .any) }

  /// The types that the function has: a built-in has one for each overload.
  var types: [FEELType] {
    guard let builtIn else { return [.function(parameters.map(\.type), inferredResult)] }
    return builtIn.overloads.map { .function($0.parameters.map(\.type), $0.result) }
  }
}
