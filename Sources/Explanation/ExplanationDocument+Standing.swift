import Decisioning
import Formats
import Values

extension ExplanationDocument {
  /// The proposal, the order, what the law made of the outcome, and how long the rating stands: told to every audience.
  static func standingSections(
    _ decision: DecisionRecord, _ audience: Audience, _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSection] {
    let content = decision.content
    var sections: [ExplanationSection] = []
    if let proposal = content.proposal {
      sections.append(try proposed(proposal, audience, texts))
    }
    if let order = content.order {
      let sentence = try texts.document(
        "ordered", ["reference": order.reference, "product": order.product])
      sections.append(
        ExplanationSection(
          heading: try texts.document("order"), body: .paragraphs([ExplanationSentence(sentence, "order")])))
    }
    sections += try barred(content, texts)
    let standing = try standing(decision, texts)
    if !standing.isEmpty {
      sections.append(
        ExplanationSection(heading: try texts.document("standing"), body: .paragraphs(standing)))
    }
    return sections
  }

  /// What kept the decision from the outcome that it would have had: the law, a stop, an earlier judgement.
  private static func barred(
    _ content: DecisionContent, _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSection] {
    var law: [ExplanationSentence] = []
    var held: [ExplanationSentence] = []
    for bar in content.bars where !bar.isOverruled {
      let outcome = ["outcome": try texts.outcome(bar.barred)]
      let node = "decision/\(PolicyName.outcome)"
      if bar.provision == OrderBar.lookAgain || bar.provision == OrderBar.stopSwitch {
        held.append(ExplanationSentence(try texts.document("heldOutcome", outcome), node))
        held.append(ExplanationSentence(try texts.hold(bar.provision), bar.provision))
      } else if let source = bar.silentSource {
        held.append(ExplanationSentence(try texts.document("heldOutcome", outcome), node))
        held.append(ExplanationSentence(try texts.silence(of: source), bar.provision))
      } else {
        law.append(ExplanationSentence(try texts.document("barred", outcome), node))
        law.append(ExplanationSentence(try texts.provision(bar.provision), "law/\(bar.provision)"))
      }
    }
    var sections: [ExplanationSection] = []
    if !law.isEmpty {
      sections.append(ExplanationSection(heading: try texts.document("lawSays"), body: .paragraphs(law)))
    }
    if !held.isEmpty {
      sections.append(ExplanationSection(heading: try texts.document("held"), body: .paragraphs(held)))
    }
    return sections
  }

  /// Validity, and the memory of the thresholds where it made a difference.
  private static func standing(
    _ decision: DecisionRecord, _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSentence] {
    let content = decision.content
    let language = texts.language
    var sentences: [ExplanationSentence] = []
    if let date = content.validUntil, content.rating != nil {
      sentences.append(
        ExplanationSentence(
          try texts.document("validUntil", ["date": language.date(date)]),
          "decision/\(PolicyName.validityInDays)"))
    }
    if let previous = content.previous {
      sentences.append(
        ExplanationSentence(
          try texts.document(
            "previous", ["rating": previous.rating, "date": language.date(previous.since)]),
          "given/Previous rating"))
    }
    if content.value(PolicyName.heldBack)?.boolValue == true,
      let rating = content.value(PolicyName.bandedRating)?.stringValue,
      let fell = content.previous?.downgradedOn,
      let days = content.value(PolicyName.cooldownInDays)?.integerValue, let until = fell.adding(days: days)
    {
      sentences.append(
        ExplanationSentence(
          try texts.document(
            "heldBack",
            ["rating": rating, "date": language.date(fell), "until": language.date(until)]),
          "decision/\(PolicyName.heldBack)"))
    }
    for table in content.matchedRules {
      for rule in table.rules {
        if let text = texts.rule(rule) {
          sentences.append(ExplanationSentence(text, "decision/\(table.decision)/\(rule)"))
        }
      }
    }
    if let earlier = decision.supersedes {
      sentences.append(
        ExplanationSentence(
          try texts.document("supersedes", ["decision": earlier.description]), "record"))
    }
    return sentences
  }

  /// How the decision came about, and what allows it (GDPR articles 13(2)(f) and 22(2)).
  static func origin(_ decision: DecisionRecord, _ texts: TextCatalogue) throws(TextError)
    -> [ExplanationSentence]
  {
    var sentences = [ExplanationSentence(try texts.document(decision.kind.rawValue), "record")]
    var sources: [String] = []
    for id in decision.legalBasis { sources.append(try texts.provision(id)) }
    if !sources.isEmpty {
      sentences.append(
        ExplanationSentence(
          try texts.document("legalBasis", ["sources": sources.joined(separator: "; ")]),
          "law/" + decision.legalBasis.joined(separator: "+")))
    }
    return sentences
  }

  /// How to have the decision reviewed, with the days that the law file names (30 where it names none).
  static func contest(
    _ decision: DecisionRecord, _ law: Law, _ texts: TextCatalogue
  ) throws(TextError) -> ExplanationSentence {
    let days = law.contestAnswerDays(on: decision.content.businessDate) ?? 30
    return ExplanationSentence(
      try texts.document("contest", ["days": texts.language.number(Decimal(days))]), "law/GDPR-22-3")
  }
}
