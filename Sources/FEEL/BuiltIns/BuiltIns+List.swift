internal import Values

extension BuiltIns {
  /// List functions (DMN 1.5, 10.3.4.4) that answer lists, and those that look for an item.
  static let list: [BuiltIn] = [
    BuiltIn(
      "list contains",
      .two("list", "element", result: .boolean) {
        (list: [Value], element: Value, evaluation) throws(Refusal) in
        guard evaluation.step(list.count) else { throw .reported }
        return .boolean(list.contains { Value.isSame($0, element) })
      }),
    BuiltIn(
      "list replace",
      .three("list", "position", "newItem", result: .list(.any)) {
        (list: [Value], position: Decimal, newItem: Value, _) throws(Refusal) in
        var result = list
        result[try Position.require(position, of: list.count, in: "list")] = newItem
        return .list(result)
      },
      .three("list", "match", "newItem", result: .list(.any)) {
        (list: [Value], match: FunctionValue, newItem: Value, evaluation) throws(Refusal) in
        var result = list
        for (index, item) in list.enumerated() {
          guard evaluation.step() else { throw .reported }
          switch match.invoke([item, newItem], &evaluation) {
          case .boolean(let matches): if matches { result[index] = newItem }
          case let other:
            throw .invalid("the match function answered \(other.kindName) and not true or false")
          }
        }
        return .list(result)
      }),
    BuiltIn(
      "sublist",
      .two("list", "start position", result: .list(.any)) {
        (list: [Value], start: Decimal, _) throws(Refusal) in
        .list(Array(list.dropFirst(try Position.require(start, of: list.count, in: "list"))))
      },
      .three("list", "start position", "length", result: .list(.any)) {
        (list: [Value], start: Decimal, length: Decimal, _) throws(Refusal) in
        let first = try Position.require(start, of: list.count, in: "list")
        guard let length = Position.whole(length), length >= 0, length <= list.count - first else {
          throw .invalid(
            "the list has no \(length) items from position \(start) on, its length is \(list.count)")
        }
        return .list(Array(list[first..<first + length]))
      }),
    BuiltIn(
      "append",
      .oneThenAny("list", "item", result: .list(.any)) {
        (list: [Value], items: [Value], evaluation) throws(Refusal) in
        .list(try joined([list, items], &evaluation))
      }),
    BuiltIn(
      "concatenate",
      .any("list", result: .list(.any)) { (lists: [[Value]], evaluation) throws(Refusal) in
        .list(try joined(lists, &evaluation))
      }),
    BuiltIn(
      "union",
      .any("list", result: .list(.any)) { (lists: [[Value]], evaluation) throws(Refusal) in
        .list(try occurrences(try joined(lists, &evaluation), &evaluation).map(\.value))
      }),
    BuiltIn(
      "distinct values",
      .one("list", result: .list(.any)) { (list: [Value], evaluation) throws(Refusal) in
        .list(try occurrences(list, &evaluation).map(\.value))
      }),
    // Not in DMN 1.5, but in every modeller that grew out of FEEL's community.
    BuiltIn(
      "duplicate values",
      .one("list", result: .list(.any)) { (list: [Value], evaluation) throws(Refusal) in
        .list(try occurrences(list, &evaluation).filter { $0.count > 1 }.map(\.value))
      }),
    BuiltIn(
      "insert before",
      .three("list", "position", "newItem", result: .list(.any)) {
        (list: [Value], position: Decimal, newItem: Value, _) throws(Refusal) in
        var result = list
        result.insert(newItem, at: try Position.require(position, of: list.count, in: "list"))
        return .list(result)
      }),
    BuiltIn(
      "remove",
      .two("list", "position", result: .list(.any)) {
        (list: [Value], position: Decimal, _) throws(Refusal) in
        var result = list
        result.remove(at: try Position.require(position, of: list.count, in: "list"))
        return .list(result)
      }),
    BuiltIn("reverse", .one("list", result: .list(.any)) { (list: [Value], _) in .list(list.reversed()) }),
    BuiltIn(
      "index of",
      .two("list", "match", result: .list(.number)) {
        (list: [Value], match: Value, evaluation) throws(Refusal) in
        guard evaluation.step(list.count) else { throw .reported }
        return .list(
          list.indices.filter { Value.isSame(list[$0], match) }.map { .number(Decimal($0 + 1)) })
      }),
    BuiltIn(
      "flatten",
      .one("list", result: .list(.any)) { (list: [Value], evaluation) throws(Refusal) in
        .list(try flattened(list, &evaluation))
      }),
  ]

  private static func joined(
    _ lists: [[Value]], _ evaluation: inout Evaluation
  ) throws(Refusal) -> [Value] {
    let count = lists.reduce(0) { $0 + $1.count }
    if count > evaluation.limits.listItems { throw .sizeLimit(evaluation.limits.listItems) }
    guard evaluation.step(count) else { throw .reported }
    return Array(lists.joined())
  }

  /// The lists within the list opened up, without recursion: lists may be nested more deeply than the stack.
  private static func flattened(
    _ list: [Value], _ evaluation: inout Evaluation
  ) throws(Refusal) -> [Value] {
    var result: [Value] = []
    var open = [list[...]]
    while var rest = open.popLast() {
      guard let item = rest.popFirst() else { continue }
      guard evaluation.step() else { throw .reported }
      open.append(rest)
      if case .list(let inner) = item { open.append(inner[...]) } else { result.append(item) }
    }
    return result
  }

  /// The different values in the order in which they come first, and how often each of them comes.
  private static func occurrences(
    _ list: [Value], _ evaluation: inout Evaluation
  ) throws(Refusal) -> [(value: Value, count: Int)] {
    var result: [(value: Value, count: Int)] = []
    var places: [HashedItem: Int] = [:]
    var others: [Int] = []
    for item in list {
      var place: Int?
      let key = HashedItem(item)
      if let key {
        guard evaluation.step() else { throw .reported }
        place = places[key]
      } else {
        // Kinds whose equality is not that of their parts are compared one by one.
        guard evaluation.step(others.count + 1) else { throw .reported }
        place = others.first { Value.isSame(result[$0].value, item) }
      }
      if let place {
        result[place].count += 1
        continue
      }
      if let key { places[key] = result.count } else { others.append(result.count) }
      result.append((item, 1))
    }
    return result
  }

  /// A value of a kind for which equal values can be found by hashing.
  private enum HashedItem: Hashable {
    case number(Decimal)
    case string([UInt8])
    case date(CivilDate)

    init?(_ value: Value) {
      switch value {
      case .number(let number): self = .number(number)
      case .string(let string): self = .string(Array(string.utf8))
      case .date(let date): self = .date(date)
      default: return nil
      }
    }
  }
}
