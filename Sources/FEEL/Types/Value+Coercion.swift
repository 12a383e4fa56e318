internal import Values

extension Value {
  /// The value as one of the type, after the implicit conversions of DMN 1.5, 10.3.2.9.4, or nil if it does not
  /// conform: a singleton list gives its element, an element a singleton list, a date midnight in UTC.
  ///
  /// Items of lists and entries of contexts are converted too. Null conforms to every type.
  public func coerced(to type: FEELType) -> Value? {
    if type == .any || isNull { return self }
    switch (self, type) {
    case (_, .defined(let definition)):
      if definition.test.admits(self) { return self }
      guard let value = coerced(to: definition.base) else { return nil }
      if let admits = definition.admits, !value.isNull, !admits(value) { return nil }
      return value
    case (.list(let items), .list(let element)):
      if element == .any { return self }
      var result: [Value] = []
      result.reserveCapacity(items.count)
      for item in items {
        guard let value = item.coerced(to: element) else { return nil }
        result.append(value)
      }
      return .list(result)
    case (.list(let items), _):
      // One step only: a list in a list is not its element.
      guard items.count == 1, let item = items.first, item.list == nil else { return nil }
      return item.coerced(to: type)
    case (.context(let context), .context(let fields)):
      var result = context
      for field in fields {
        guard let value = context[field.name], let coerced = value.coerced(to: field.type) else { return nil }
        if field.type != .any { result = result.setting(field.name, to: coerced) }
      }
      return .context(result)
    case (_, .list(let element)):
      if case .list = element.resolved { return nil }
      return coerced(to: element).map { .list([$0]) }
    case (.date(let date), .dateTime):
      return .dateTime(date.atMidnightUTC)
    default:
      return isInstance(of: type) ? self : nil
    }
  }
}

/// The value as one of the type, or null with a warning if it does not conform.
public func coerce(_ value: Value, to type: FEELType, _ evaluation: inout Evaluation) -> Value {
  if let coerced = value.coerced(to: type) { return coerced }
  return evaluation.null(.coercion, [value.kindName, type.description])
}
