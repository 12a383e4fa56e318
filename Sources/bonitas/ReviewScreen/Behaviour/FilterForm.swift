import Terminal

/// The filter under the keyboard.
struct FilterForm: Hashable, Sendable {
  enum Field: Int, CaseIterable, Hashable, Sendable { case kind, state, mine, overdue, escalated, customer }

  var filter: ListFilter
  var customer: TextEditor
  var focus = Field.kind

  init(_ filter: ListFilter) {
    self.filter = filter
    customer = TextEditor(filter.customer, limit: 60)
  }

  /// The filter with what has been typed.
  var result: ListFilter {
    var result = filter
    result.customer = customer.text
    return result
  }

  /// Does what the key means; false for any other key.
  mutating func apply(_ key: Key) -> Bool {
    let fields = Field.allCases
    switch key {
    case .up, .backTab: focus = fields[max(0, focus.rawValue - 1)]
    case .down, .tab: focus = fields[min(fields.count - 1, focus.rawValue + 1)]
    case _ where focus == .customer: return customer.apply(key)
    case .left: turn(-1)
    case .right, .character(" "): turn(1)
    case .character("k"): focus = fields[max(0, focus.rawValue - 1)]
    case .character("j"): focus = fields[min(fields.count - 1, focus.rawValue + 1)]
    case .character("x"): self = FilterForm(ListFilter())
    default: return false
    }
    return true
  }

  private mutating func turn(_ step: Int) {
    switch focus {
    case .kind: filter.kind = Self.next(filter.kind, ListFilter.kinds, step)
    case .state: filter.state = Self.next(filter.state, ListFilter.states, step)
    case .mine: filter.isMine.toggle()
    case .overdue: filter.isOverdue.toggle()
    case .escalated: filter.isEscalated.toggle()
    case .customer: break
    }
  }

  /// Nothing chosen stands before the first.
  private static func next(_ word: String?, _ words: [String], _ step: Int) -> String? {
    let here = word.flatMap(words.firstIndex(of:)).map { $0 + 1 } ?? 0
    let index = (here + step + words.count + 1) % (words.count + 1)
    return index == 0 ? nil : words[index - 1]
  }
}
