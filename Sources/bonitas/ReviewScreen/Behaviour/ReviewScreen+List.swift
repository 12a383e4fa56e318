import Terminal

extension ReviewScreen {
  mutating func pressInList(_ key: Key) -> [ScreenEffect] {
    if let step = Movement.step(key, page: Layout(size: size).listRows - 1) {
      list.position.select(
        Movement.clamped(list.position.selected, step, list.rows.count), of: list.rows.count)
      return more()
    }
    switch key {
    case .enter, .right, .character("l"):
      guard let line = list.selected else { return [] }
      return [.open(line.id, isAgain: false)]
    case .character("c"):
      guard let line = list.selected else { return [] }
      return [.act(.claim, on: line.id)]
    case .character("n"): return [.claimNext]
    case .character("m"): return narrow { $0.isMine.toggle() }
    case .character("o"): return narrow { $0.isOverdue.toggle() }
    case .character("f"): overlay = .filter(FilterForm(list.filter))
    case .character("/"):
      overlay = .prompt(Prompt(.find, of: "", today: today, filled: [list.filter.customer]))
    case .character("x"): return narrow { $0 = ListFilter() }
    case .escape:
      if !list.filter.isEmpty { return narrow { $0 = ListFilter() } }
      tell("q leaves; ? shows every key.")
    case .character("R"), .control("l"): return reload()
    case .character("?"), .function(1): overlay = .help(TextPane(HelpText.lines(.list)))
    case .character("q"), .control("c"), .control("d"): leave()
    default: tellKeys(key)
    }
    return []
  }

  /// Reads another page when the end of what was read comes near.
  private mutating func more() -> [ScreenEffect] {
    guard !list.isComplete, !list.isLoading, let last = list.rows.last,
      list.position.selected >= list.rows.count - 2 * Layout(size: size).listRows
    else { return [] }
    list.isLoading = true
    return [.list(list.filter, after: last, limit: Self.page)]
  }

  mutating func narrow(_ change: (inout ListFilter) -> Void) -> [ScreenEffect] {
    change(&list.filter)
    list.position = ScrollPosition()
    list.isLoading = true
    return [.list(list.filter, after: nil, limit: Self.page)]
  }

  mutating func leave() {
    if unwritten.isEmpty { isOver = true } else { overlay = .leaving }
  }

  /// A key that means nothing here is told, not swallowed.
  mutating func tellKeys(_ key: Key) {
    switch key {
    case .character(let character): tell("'\(character)' does nothing here; ? shows the keys.")
    case .paste: tell("There is nothing to paste into here.")
    default: break
    }
  }
}
