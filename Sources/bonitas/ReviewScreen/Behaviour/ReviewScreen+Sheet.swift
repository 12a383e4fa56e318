import Terminal

extension ReviewScreen {
  mutating func pressInSheet(_ key: Key) -> [ScreenEffect] {
    guard var open else {
      place = .list
      return []
    }
    if open.panes[open.tab]?.apply(key) == true {
      self.open = open
      return []
    }
    switch key {
    case .tab, .right, .character("l"): return show(open.tab.next(1))
    case .backTab, .left, .character("h"): return show(open.tab.next(-1))
    case .character(let digit)
    where digit.wholeNumberValue.map({ 1...SheetTab.allCases.count ~= $0 }) ?? false:
      return show(SheetTab(rawValue: (digit.wholeNumberValue ?? 1) - 1) ?? .decision)
    case .enter:
      if let record = open.pane?.record { return [.record(record, of: open.id)] }
      tell("This line has no record behind it; lines marked › have.")
    case .character("c"): return [.act(.claim, on: open.id)]
    case .character("d"): return decide(open)
    case .character("n"): return ask(.note, open)
    case .character("s"): return ask(.snooze, open)
    case .character("e"): return ask(.escalate, open)
    case .character("r"): return ask(.release, open)
    case .character("a"):
      guard open.sheet.proposal != nil else {
        tell("Nothing of \(open.id) waits for a second person.")
        return []
      }
      overlay = .approving
    case .character("b"):
      guard open.sheet.proposal != nil else {
        tell("Nothing of \(open.id) waits for a second person.")
        return []
      }
      return ask(.sendBack, open)
    case .character("u"): dropDraft(open.id)
    case .character("R"), .control("l"):
      open.panes = [:]
      self.open = open
      return [.open(open.id, isAgain: true), .tab(open.tab, of: open.id)]
    case .escape, .character("q"), .control("c"), .backspace:
      place = .list
      self.open = nil
      return reload()
    case .character("?"), .function(1): overlay = .help(TextPane(HelpText.lines(.sheet)))
    default: tellKeys(key)
    }
    return []
  }

  /// Goes to a tab; it is read, and recorded as seen, when it is first shown.
  private mutating func show(_ tab: SheetTab) -> [ScreenEffect] {
    open?.tab = tab
    guard let open, open.pane == nil else { return [] }
    return [.tab(tab, of: open.id)]
  }

  private mutating func ask(_ purpose: Prompt.Purpose, _ open: OpenCase) -> [ScreenEffect] {
    let needsClaim = purpose == .snooze || purpose == .release
    if needsClaim, !open.sheet.line.isMine {
      tell("\(open.id) is not claimed by you: c claims it.", .warning)
      return []
    }
    overlay = .prompt(
      Prompt(purpose, of: open.id, today: today, filled: kept[purpose]?[open.id] ?? []))
    return []
  }

  /// Opens the form; a case that nobody has is claimed on the way.
  private mutating func decide(_ open: OpenCase) -> [ScreenEffect] {
    guard let options = open.sheet.options else {
      tell(cannotDecide(open.sheet.line), .warning)
      return []
    }
    switch open.sheet.line.state {
    case .mine:
      if drafts[open.id] == nil { drafts[open.id] = JudgementForm(options) }
      place = .form
      return []
    case .open, .snoozed:
      // The reply opens the form.
      wantsForm = open.id
      return [.act(.claim, on: open.id)]
    case .claimed, .secondPerson, .closed:
      tell(cannotDecide(open.sheet.line), .warning)
      return []
    }
  }

  private func cannotDecide(_ line: CaseLine) -> String {
    switch line.state {
    case .claimed(let by, let until):
      "\(by) has \(line.id) for another \(CaseLine.left(until, now)); n takes another one from the list."
    case .secondPerson(let after): "\(after) decided \(line.id); a approves it, b sends it back."
    case .closed: "\(line.id) is closed: nothing is left to decide."
    default:
      "\(line.id) is settled outside this screen: 'bonitas quarantine list' shows its records."
    }
  }

  private mutating func dropDraft(_ id: String) {
    if let draft = drafts[id], draft.isTouched {
      dropped[id] = draft
      drafts[id] = nil
      tell("The draft is taken back, nothing was written; u brings it again.")
    } else if let draft = dropped[id] {
      drafts[id] = draft
      dropped[id] = nil
      tell("The draft is here again; d goes on with it.")
    } else {
      tell("There is no draft to take back.")
    }
  }

  mutating func pressInRecord(_ key: Key) -> [ScreenEffect] {
    if open?.recordPane.apply(key) == true { return [] }
    switch key {
    case .escape, .character("q"), .control("c"), .enter, .left, .backspace, .character("h"):
      open?.record = nil
      place = .sheet
    case .character("?"), .function(1): overlay = .help(TextPane(HelpText.lines(.record)))
    default: tellKeys(key)
    }
    return []
  }
}
