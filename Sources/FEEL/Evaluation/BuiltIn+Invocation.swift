extension BuiltIn {
  /// How much of the nesting budget a call takes.
  static let callCost = 4

  /// Calls the overload that fits arguments given by position.
  func invoke(_ arguments: [Value], _ evaluation: inout Evaluation) -> Value {
    var tooMany = true
    for conversion in [false, true] {
      for overload in overloads where overload.accepts(count: arguments.count) {
        tooMany = false
        if let fitting = overload.fit(arguments, converting: conversion) {
          return call(overload, fitting, &evaluation)
        }
      }
    }
    if tooMany { return evaluation.null(.wrongNumberOfArguments, [name, arity, "\(arguments.count)"]) }
    return evaluation.null(.noMatchingOverload, [name, arguments.map(\.kindName).joined(separator: ", ")])
  }

  /// Calls the overload that fits arguments given by name.
  func invoke(named arguments: [(name: String, value: Value)], _ evaluation: inout Evaluation) -> Value {
    var known = false
    for conversion in [false, true] {
      for overload in overloads {
        guard let order = overload.order(ofNames: arguments.map(\.name)) else { continue }
        known = true
        let ordered = order.map { $0 < 0 ? .null : arguments[$0].value }
        if let fitting = overload.fit(ordered, converting: conversion, named: true) {
          return call(overload, fitting, &evaluation)
        }
      }
    }
    if !known {
      return evaluation.null(.unknownParameter, [name, arguments.map(\.name).joined(separator: ", ")])
    }
    return evaluation.null(
      .noMatchingOverload, [name, arguments.map(\.value.kindName).joined(separator: ", ")])
  }

  private func call(_ overload: Overload, _ arguments: [Value], _ evaluation: inout Evaluation) -> Value {
    guard evaluation.enter(cost: Self.callCost) else { return .null }
    defer { evaluation.leave(cost: Self.callCost) }
    return overload.body(arguments, &evaluation)
  }

  /// How many arguments the overloads take, for messages.
  private var arity: String {
    var counts: [String] = []
    for overload in overloads {
      let required = overload.requiredCount
      let text =
        overload.variadic
        ? "\(required) or more"
        : required == overload.parameters.count
          ? "\(required)" : "\(required) to \(overload.parameters.count)"
      if !counts.contains(text) { counts.append(text) }
    }
    return counts.joined(separator: " or ")
  }
}

extension BuiltIn.Overload {
  /// How many arguments have to be given.
  var requiredCount: Int { parameters.count { !$0.optional } }

  /// Whether so many arguments by position may fit.
  func accepts(count: Int) -> Bool {
    count >= requiredCount && (variadic || count <= parameters.count)
  }

  /// The arguments as the overload takes them, or nil if one does not conform.
  func fit(_ arguments: [Value], converting: Bool, named: Bool = false) -> [Value]? {
    var result = arguments
    for (position, argument) in arguments.enumerated() {
      guard let last = parameters.indices.last else { return nil }
      let parameter = parameters[min(position, last)]
      if argument.conforms(to: parameter.type) { continue }
      // A variadic parameter given by name takes the list of its arguments.
      if named, variadic, position == last, case .list(let items) = argument {
        let head = Array(result.prefix(position))
        return fit(head + items, converting: converting)
      }
      guard converting, let coerced = argument.coerced(to: parameter.type) else { return nil }
      result[position] = coerced
    }
    return result
  }

  /// For each parameter the position of its argument among `names`, -1 where left out; nil if the names do not fit.
  func order(ofNames names: [String]) -> [Int]? {
    var order = Array(repeating: -1, count: parameters.count)
    for (position, name) in names.enumerated() {
      guard let parameter = parameters.firstIndex(where: { $0.name == name }), order[parameter] < 0 else {
        return nil
      }
      order[parameter] = position
    }
    for (position, parameter) in parameters.enumerated() where order[position] < 0 && !parameter.optional {
      return nil
    }
    while let last = order.last, last < 0 { order.removeLast() }
    return order
  }
}
