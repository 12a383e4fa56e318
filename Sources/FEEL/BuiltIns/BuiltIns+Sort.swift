internal import Values

extension BuiltIns {
  /// `sort` (DMN 1.5, 10.3.4.12); without a function the items are put in their own order.
  static let sort: [BuiltIn] = [
    BuiltIn(
      "sort",
      .one("list", result: .list(.any)) { (list: [Value], evaluation) throws(Refusal) in
        .list(
          try merged(list, &evaluation) { (left, right, _) throws(Refusal) in
            try Value.compare(left, right).orRefuse(.notComparable(left, right)) == .less
          })
      },
      .two("list", "precedes", result: .list(.any)) {
        (list: [Value], precedes: FunctionValue, evaluation) throws(Refusal) in
        .list(
          try merged(list, &evaluation) { (left, right, evaluation) throws(Refusal) in
            switch precedes.invoke([left, right], &evaluation) {
            case .boolean(let answer): return answer
            case .null: throw .invalid("the function that compares answered null")
            case let other:
              throw .invalid("the function that compares answered \(other.kindName) and not true or false")
            }
          })
      })
  ]

  /// A stable merge sort: it ends whatever the comparing function answers.
  private static func merged(
    _ list: [Value], _ evaluation: inout Evaluation,
    by precedes: (Value, Value, inout Evaluation) throws(Refusal) -> Bool
  ) throws(Refusal) -> [Value] {
    var source = list
    var target = list
    var width = 1
    while width < source.count {
      guard evaluation.step(source.count) else { throw .reported }
      var start = 0
      while start < source.count {
        let middle = min(start + width, source.count)
        let end = min(middle + width, source.count)
        var (left, right) = (start, middle)
        for place in start..<end {
          let takesRight: Bool
          if left == middle || right == end {
            takesRight = left == middle
          } else {
            takesRight = try precedes(source[right], source[left], &evaluation)
          }
          target[place] = takesRight ? source[right] : source[left]
          if takesRight { right += 1 } else { left += 1 }
        }
        start = end
      }
      swap(&source, &target)
      width *= 2
    }
    return source
  }
}
