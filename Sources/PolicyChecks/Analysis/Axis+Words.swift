import FEEL
import Values

extension Axis {
  /// Some of the axis in words: "from 31 to below 61", "business or prospect", "not known".
  func words(_ atoms: AtomSet) -> String {
    var parts: [String] = []
    var plain: [String] = []
    let members = atoms.members
    var place = 0
    while place < members.count {
      var end = place
      switch self.atoms[members[place]].extent {
      case .null: parts.append("not known")
      case .others(let points):
        let known = points.map(\.words)
        plain.append(known.isEmpty ? "any text" : "any but \(known.joined(separator: ", "))")
      case .point(let value) where !value.isOnLine: plain.append(value.words)
      case .point, .between:
        while end + 1 < members.count, touches(members[end], members[end + 1]) { end += 1 }
        plain.append(span(self.atoms[members[place]].extent, self.atoms[members[end]].extent))
      }
      place = end + 1
    }
    return (plain + parts).joinedByOr
  }

  /// Whether some of the axis is a restriction worth telling.
  func isAll(_ atoms: AtomSet) -> Bool { atoms.isSuperset(of: all) }

  /// Whether two atoms lie side by side with nothing between them.
  private func touches(_ one: Int, _ next: Int) -> Bool {
    guard next == one + 1 else { return false }
    switch (atoms[one].extent, atoms[next].extent) {
    case (.between(_, let end?), .point(let point)): return Value.isSame(end, point)
    case (.point(let point), .between(let start?, _)): return Value.isSame(point, start)
    case (.point(.number(let left)), .point(.number(let right))): return domain.isWhole && left + 1 == right
    case (.between(_, .number(let end)?), .between(.number(let start)?, _)):
      return end == start && domain.isWhole
    default: return false
    }
  }

  private func span(_ first: Atom.Extent, _ last: Atom.Extent) -> String {
    var (low, lowIncluded) = first.lowEnd
    var (high, highIncluded) = last.highEnd
    if domain.isWhole {
      if case .number(let number)? = low, !lowIncluded { (low, lowIncluded) = (.number(number + 1), true) }
      if case .number(let number)? = high, !highIncluded {
        (high, highIncluded) = (.number(number - 1), true)
      }
    }
    switch (low, high) {
    case (nil, nil): return "any value"
    case (let low?, nil): return lowIncluded ? "\(low.words) or more" : "above \(low.words)"
    case (nil, let high?): return highIncluded ? "up to \(high.words)" : "below \(high.words)"
    case (let low?, let high?):
      if Value.isSame(low, high) { return low.words }
      let start = lowIncluded ? "from \(low.words)" : "above \(low.words)"
      if highIncluded { return "\(start) to \(high.words)" }
      return lowIncluded ? "\(start) to below \(high.words)" : "\(start) and below \(high.words)"
    }
  }
}

extension Atom.Extent {
  fileprivate var lowEnd: (Value?, Bool) {
    switch self {
    case .point(let value): (value, true)
    case .between(let low, _): (low, false)
    case .null, .others: (nil, false)
    }
  }

  fileprivate var highEnd: (Value?, Bool) {
    switch self {
    case .point(let value): (value, true)
    case .between(_, let high): (high, false)
    case .null, .others: (nil, false)
    }
  }
}

extension Value {
  /// Whether the value lies on a line with something between it and others.
  fileprivate var isOnLine: Bool {
    switch self {
    case .number, .date, .time, .dateTime, .yearsMonthsDuration, .daysTimeDuration: true
    default: false
    }
  }

  /// The value as people read it: texts without marks, null as "not known".
  var words: String {
    switch self {
    case .null: return "not known"
    case .boolean(let value): return value ? "yes" : "no"
    case .string(let text): return text
    case .date(let date): return date.description
    case .list(let items): return items.isEmpty ? "none" : items.map(\.words).joined(separator: " and ")
    case .context(let context):
      return context.entries.map { "\($0.name) \($0.value.words)" }.joined(separator: ", ")
    default: return description
    }
  }
}

extension [String] {
  /// The items as an alternative: `a, b or c`.
  var joinedByOr: String { joined(by: "or") }
  /// The items together: `a, b and c`.
  var joinedByAnd: String { joined(by: "and") }

  private func joined(by word: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}

extension TableGeometry {
  /// A box in words: "Score from 825 to below 850, Customer kind business"; "everything" where nothing bounds it.
  func words(_ box: [AtomSet]) -> String {
    let parts = zip(axes, box).compactMap { axis, atoms in
      axis.isAll(atoms) ? nil : "\(axis.name) \(axis.words(atoms))"
    }
    return parts.isEmpty ? "everything" : parts.joined(separator: ", ")
  }
}
