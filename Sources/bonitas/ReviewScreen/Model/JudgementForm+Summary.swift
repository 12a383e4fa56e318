extension JudgementForm {
  /// The draft in words, and what writing it means.
  func summary(_ consequences: [String]) -> [SheetLine] {
    guard let judgement else { return [] }
    func words(_ code: String?, _ choices: [Choice]) -> String? {
      code.flatMap { code in choices.first { $0.code == code }?.words }
    }
    var lines = [
      SheetLine("About    \(options.basis)", hanging: 9),
      SheetLine("Result   \(words(judgement.resolution, options.resolutions) ?? "")", .emphasis, hanging: 9),
    ]
    if let rating = judgement.rating {
      lines.append(SheetLine("Rating   \(options.currentRating) becomes \(rating)", .emphasis, hanging: 9))
    }
    if let outcome = words(judgement.outcome, options.outcomes) {
      lines.append(SheetLine("Outcome  \(options.currentOutcome) becomes \(outcome)", .emphasis, hanging: 9))
    }
    if let restriction = words(judgement.restriction, options.restrictions) {
      lines.append(SheetLine("Service  \(restriction)", .emphasis, hanging: 9))
    }
    if judgement.resolution == "changed" {
      lines.append(SheetLine("For      \(words(judgement.scope, options.scopes) ?? "")", hanging: 9))
    }
    lines.append(SheetLine("Until    \(judgement.until)", hanging: 9))
    for (index, code) in judgement.reasons.enumerated() {
      let words = words(code, options.reasons) ?? code
      lines.append(SheetLine((index == 0 ? "Reasons  " : "         ") + words, hanging: 9))
    }
    for (index, line) in judgement.text.split(separator: "\n").enumerated() {
      lines.append(SheetLine((index == 0 ? "Text     " : "         ") + line, hanging: 9))
    }
    lines.append(SheetLine(""))
    lines += consequences.map { SheetLine($0, .warning, hanging: 0) }
    return lines
  }
}
