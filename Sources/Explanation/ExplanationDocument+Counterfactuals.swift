import Decisioning
import Facts
import Formats
import Values

extension ExplanationDocument {
  /// What would change the result: steps with a date first, then how far values were from the next better class.
  static func whatIf(_ found: Counterfactuals, _ texts: TextCatalogue) throws(TextError)
    -> ExplanationSection
  {
    var sentences: [ExplanationSentence] = []
    func tell(_ name: String, _ parameters: [String: String] = [:], at node: String) throws(TextError) {
      sentences.append(
        ExplanationSentence(try texts.document(name, parameters), "counterfactual/\(node)"))
    }
    if found.goal == nil {
      try tell("best", at: "goal")
    } else if !found.blockedBy.isEmpty {
      for reason in found.blockedBy.prefix(PrincipalReason.limit) {
        try tell(
          "blocked", ["reason": try texts.reason(reason, value: try texts.document("missing"))],
          at: "blocked/\(reason)")
      }
    } else {
      if found.noSingleAction, !found.recourses.isEmpty { try tell("twoActions", at: "recourse") }
      for (place, recourse) in found.recourses.enumerated() {
        sentences.append(
          ExplanationSentence(
            try sentence(recourse, texts), "counterfactual/recourse/\(place)"))
      }
      if found.recourses.isEmpty {
        let months = texts.language.number(Decimal(CounterfactualLimits().months))
        try tell("noRecourse", ["months": months], at: "recourse")
      }
      if found.noSingleChange {
        try tell(found.variations.isEmpty ? "noTwoChanges" : "noSingleChange", at: "variation")
      }
      for (place, variation) in found.variations.enumerated() {
        sentences.append(
          ExplanationSentence(
            try sentence(variation, texts), "counterfactual/variation/\(place)"))
      }
    }
    return ExplanationSection(
      heading: try texts.document("whatIf"), body: .paragraphs(sentences))
  }

  private static func sentence(_ recourse: Recourse, _ texts: TextCatalogue) throws(TextError) -> String {
    let language = texts.language
    let by = recourse.by.map(language.date) ?? ""
    var conditions: [String] = []
    for lever in recourse.levers {
      switch lever {
      case .pay:
        let amounts = recourse.totals.map { language.money($0) }.joined(separator: ", ")
        let invoices = recourse.payments.map(\.invoice)
        conditions.append(
          try texts.recourse(
            lever.word, count: invoices.count,
            ["list": invoices.joined(separator: ", "), "amount": amounts, "by": by]))
      case .clear:
        conditions.append(
          try texts.recourse(lever.word, count: recourse.clearings.count, ["by": by]))
      case .end:
        conditions.append(try texts.recourse(lever.word, count: recourse.endings.count, ["by": by]))
      case .time: conditions.append(try texts.document("recourseTime"))
      }
    }
    // An action whose date lies further away needs the bills between paid in time as well.
    if recourse.needsBillsPaid, !recourse.levers.contains(.time) {
      conditions.append(try texts.document("recourseTime"))
    }
    let verdict = recourse.verdict
    let missing = try texts.document("missing")
    return try texts.document(
      "recourse",
      [
        "conditions": conditions.joined(separator: try texts.document("and")),
        "rating": verdict.rating ?? missing,
        "outcome": try texts.outcome(verdict.outcome), "from": language.date(recourse.from),
      ])
  }

  private static func sentence(_ variation: Variation, _ texts: TextCatalogue) throws(TextError) -> String {
    var changes: [String] = []
    for change in variation.changes {
      changes.append(
        try texts.document(
          change.direction.rawValue,
          [
            "characteristic": try texts.characteristic(change.name),
            "target": try texts.value(.number(change.target), of: change.name),
            "value": try texts.value(change.value.map { .number($0) } ?? .null, of: change.name),
          ]))
    }
    let missing = try texts.document("missing")
    return try texts.document(
      "variation",
      [
        "rating": variation.verdict.rating ?? missing,
        "changes": changes.joined(separator: "; "),
      ])
  }
}

extension Language {
  /// An amount with two fraction digits at least and its currency: `12,50 EUR`.
  func money(_ money: Money) -> String {
    let cents = money.amount.text(fractionDigits: 2)
    let exact = Decimal(cents) == money.amount
    // Written out in full where the amount has more digits than cents, so that what is told is what is owed.
    let text = exact ? number(text: cents) : number(money.amount)
    return "\(text)\u{A0}\(money.currency.code)"
  }
}
