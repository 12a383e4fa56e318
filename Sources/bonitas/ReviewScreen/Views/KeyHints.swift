import Terminal

/// A key of the last row.
struct KeyHint: Hashable {
  let key: String
  let meaning: String

  init(_ key: String, _ meaning: String) {
    self.key = key
    self.meaning = meaning
  }

  var width: Int { DisplayWidth.of(key) + 1 + DisplayWidth.of(meaning) }
}

/// Which keys the last row tells: those that do something now, the most needed first, help and the way out last.
enum KeyHints {
  static func of(_ state: ReviewScreen) -> [KeyHint] {
    switch state.place {
    case .list: list(state)
    case .sheet: sheet(state)
    case .record: [.init("↑↓", "read"), .init("?", "help"), .init("Esc", "back to the case")]
    case .form:
      [
        .init("↑↓", "field"), .init("←→", "choose"), .init("^S", "look it over"), .init("^Z", "undo"),
        .init("Space", "tick"), .init("F1", "help"), .init("Esc", "back"),
      ]
    case .summary:
      [
        .init("w", "write"), .init("u", "undo last change"), .init("?", "help"),
        .init("Esc", "back to the form"),
      ]
    }
  }

  private static func list(_ state: ReviewScreen) -> [KeyHint] {
    var hints: [KeyHint] = []
    if state.list.selected != nil { hints += [.init("Enter", "open"), .init("c", "claim")] }
    hints += [
      .init("n", "next"), .init("/", "find"), .init("f", "filter"), .init("m", "mine"), .init("o", "overdue"),
    ]
    if !state.list.filter.isEmpty { hints.append(.init("x", "all")) }
    return hints + [.init("?", "help"), .init("q", "leave")]
  }

  private static func sheet(_ state: ReviewScreen) -> [KeyHint] {
    guard let open = state.open else { return [.init("?", "help"), .init("Esc", "queue")] }
    var hints: [KeyHint] = []
    if open.pane?.record != nil { hints.append(.init("Enter", "record")) }
    let draft = state.drafts[open.id]?.isTouched == true
    switch open.sheet.line.state {
    case .mine:
      if open.sheet.options != nil { hints.append(.init("d", draft ? "go on deciding" : "decide")) }
      hints += [.init("n", "note"), .init("s", "put off"), .init("e", "escalate"), .init("r", "give back")]
    case .open, .snoozed:
      hints.append(.init("c", "claim"))
      if open.sheet.options != nil { hints.append(.init("d", "decide")) }
      hints += [.init("n", "note"), .init("e", "escalate")]
    case .secondPerson: hints += [.init("a", "approve"), .init("b", "send back"), .init("n", "note")]
    case .claimed: hints.append(.init("n", "note"))
    case .closed: break
    }
    if draft { hints.append(.init("u", "drop draft")) }
    return hints + [.init("Tab", "next tab"), .init("?", "help"), .init("Esc", "queue")]
  }
}
