import Terminal

extension ReviewScreen {
  mutating func press(_ key: Key, in overlay: Overlay) -> [ScreenEffect] {
    switch overlay {
    case .help(var pane):
      if pane.apply(key) {
        self.overlay = .help(pane)
      } else {
        self.overlay = nil
      }
      return []
    case .prompt(let prompt): return press(key, in: prompt)
    case .filter(var form):
      switch key {
      case .escape, .control("c"): self.overlay = nil
      case .enter:
        self.overlay = nil
        return narrow { $0 = form.result }
      default:
        _ = form.apply(key)
        self.overlay = .filter(form)
      }
      return []
    case .leaving:
      self.overlay = nil
      if key == .character("y") || key == .character("q") { isOver = true }
      return []
    case .approving:
      self.overlay = nil
      guard key == .character("w"), let open else {
        tell("Nothing was written.")
        return []
      }
      return [.act(.approve(version: open.sheet.version), on: open.id)]
    }
  }

  private mutating func press(_ key: Key, in prompt: Prompt) -> [ScreenEffect] {
    var prompt = prompt
    prompt.problem = nil
    let width = PromptView.textWidth(size)
    switch key {
    case .escape, .control("c"):
      keep(prompt)
      overlay = nil
      return []
    case .tab, .backTab:
      prompt.focus = (prompt.focus + 1) % prompt.fields.count
    case .up:
      if !prompt.fields[prompt.focus].editor.moveLine(-1, width: width) {
        prompt.focus = max(0, prompt.focus - 1)
      }
    case .down:
      if !prompt.fields[prompt.focus].editor.moveLine(1, width: width) {
        prompt.focus = min(prompt.fields.count - 1, prompt.focus + 1)
      }
    case .enter where prompt.focus < prompt.fields.count - 1: prompt.focus += 1
    case .enter: return answer(prompt)
    default: _ = prompt.fields[prompt.focus].editor.apply(key)
    }
    overlay = .prompt(prompt)
    return []
  }

  private mutating func answer(_ prompt: Prompt) -> [ScreenEffect] {
    var prompt = prompt
    if prompt.purpose == .find {
      overlay = nil
      let text = prompt.texts.first ?? ""
      return narrow { $0.customer = text }
    }
    switch prompt.act() {
    case .success(let act):
      // It stays until the desk has taken it: what was typed is not lost to an error.
      overlay = .prompt(prompt)
      return [.act(act, on: prompt.caseID)]
    case .failure(let missing):
      prompt.focus = missing.field
      prompt.problem = missing.sentence
      overlay = .prompt(prompt)
      return []
    }
  }

  /// Remembers what was typed for the next time.
  private mutating func keep(_ prompt: Prompt) {
    guard prompt.purpose != .find else { return }
    let isWorth = !(prompt.texts.last ?? "").isEmpty
    kept[prompt.purpose, default: [:]][prompt.caseID] = isWorth ? prompt.texts : nil
    if isWorth { tell("Nothing was sent; what you typed is kept.") }
  }
}
