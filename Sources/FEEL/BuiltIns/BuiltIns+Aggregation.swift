internal import Values

extension BuiltIns {
  /// The functions that take a list or its items as arguments and make one value of them (DMN 1.5, 10.3.4.4).
  static let aggregation: [BuiltIn] = [
    BuiltIn("count", .one("list", result: .number) { (list: [Value], _) in .number(Decimal(list.count)) }),
    overItems("min", "c") { (items: [Value], evaluation) throws(Refusal) in
      try extreme(items, .less, &evaluation)
    },
    overItems("max", "c") { (items: [Value], evaluation) throws(Refusal) in
      try extreme(items, .greater, &evaluation)
    },
    overItems("sum", "n", result: .number) { (items: [Decimal], _) throws(Refusal) in
      .number(try sum(try some(items)))
    },
    overItems("mean", "n", result: .number) { (items: [Decimal], _) throws(Refusal) in
      .number(try mean(try some(items)))
    },
    overItems("product", "n", result: .number) { (items: [Decimal], _) throws(Refusal) in
      var product = Decimal.one
      for item in try some(items) { product = try product.multiplied(by: item).orRefuse(.overflow) }
      return .number(product)
    },
    overItems("median", "n", result: .number) { (items: [Decimal], _) throws(Refusal) in
      let sorted = try some(items).sorted()
      let high = sorted[sorted.count / 2]
      if sorted.count % 2 == 1 { return .number(high) }
      return .number(try mean([sorted[sorted.count / 2 - 1], high]))
    },
    overItems("stddev", "n", result: .number) { (items: [Decimal], _) throws(Refusal) in
      // Of a sample: with one item less in the divisor, so that fewer than two items have none.
      guard items.count > 1 else { throw .invalid("one number alone has no deviation") }
      let mean = try mean(items)
      var squares: [Decimal] = []
      for item in items {
        let distance = try item.subtracting(mean).orRefuse(.overflow)
        squares.append(try distance.multiplied(by: distance).orRefuse(.overflow))
      }
      let variance = try sum(squares).divided(by: Decimal(items.count - 1))
      return .number(try variance?.squareRoot().orRefuse(.overflow) ?? .zero)
    },
    overItems("mode", "n", result: .list(.number)) { (items: [Decimal], _) in
      var counts: [Decimal: Int] = [:]
      for item in items { counts[item, default: 0] += 1 }
      let most = counts.values.max() ?? 0
      return .list(counts.filter { $0.value == most }.keys.sorted().map { .number($0) })
    },
    overItems("all", "b", result: .boolean) { (items: [Value], _) throws(Refusal) in
      try quantified(items, stopping: false)
    },
    overItems("any", "b", result: .boolean) { (items: [Value], _) throws(Refusal) in
      try quantified(items, stopping: true)
    },
  ]

  /// A function of one list or of the items themselves.
  private static func overItems<A: Argument>(
    _ name: String, _ item: String, result: FEELType = .any,
    _ body: @escaping @Sendable ([A], inout Evaluation) throws(Refusal) -> Value
  ) -> BuiltIn {
    BuiltIn(name, .one("list", result: result, body), .any(item, result: result, body))
  }

  /// The items, refusing a list without any: its minimum, sum and so on are null (DMN 1.5, Table 76).
  private static func some<T>(_ items: [T]) throws(Refusal) -> [T] {
    if items.isEmpty { throw .invalid("the list is empty") }
    return items
  }

  private static func sum(_ items: [Decimal]) throws(Refusal) -> Decimal {
    var sum = Decimal.zero
    for item in items { sum = try sum.adding(item).orRefuse(.overflow) }
    return sum
  }

  private static func mean(_ items: [Decimal]) throws(Refusal) -> Decimal {
    try sum(items).divided(by: Decimal(items.count)).orRefuse(.overflow)
  }

  private static func extreme(
    _ items: [Value], _ wanted: Ordering, _ evaluation: inout Evaluation
  ) throws(Refusal) -> Value {
    var result = try some(items)[0]
    for item in items {
      let ordering = try Value.compare(item, result).orRefuse(.notComparable(item, result))
      if ordering == wanted { result = item }
    }
    return result
  }

  /// `all` stops at the first false and `any` at the first true; otherwise everything has to be a boolean.
  private static func quantified(_ items: [Value], stopping: Bool) throws(Refusal) -> Value {
    if items.contains(.boolean(stopping)) { return .boolean(stopping) }
    for item in items where item != .boolean(!stopping) {
      throw .invalid("the items must be true or false, and one is \(item.kindName)")
    }
    return .boolean(!stopping)
  }
}
