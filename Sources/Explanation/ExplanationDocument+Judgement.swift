import Decisioning
import Formats
import Values

extension ExplanationDocument {
  /// What a person decided and why, or what an earlier decision by a person means for this one; none where nobody has.
  ///
  /// The customer reads that it was an employee, staff read who.
  static func judgementSections(
    _ decision: DecisionRecord, _ audience: Audience, _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSection] {
    guard let applied = decision.content.judgement else { return [] }
    let judgement = applied.judgement
    var words: [String] = []
    switch applied.effect {
    case .made:
      words = try made(judgement, decision.content, audience, texts)
    case .stands, .expired, .newFacts:
      let name =
        switch applied.effect {
        case .expired: "judgementExpired"
        case .newFacts: "judgementNewFacts"
        case .stands, .made: "judgementStands"
        }
      let language = texts.language
      words.append(
        try texts.document(
          name,
          [
            "date": language.date(judgement.on), "until": language.date(judgement.until),
            "decision": judgement.basis.description, "case": judgement.caseName,
          ]))
      if applied.effect.decides { words += try set(judgement, decision.content, texts) }
    }
    return [
      ExplanationSection(
        heading: try texts.document("review"),
        body: .paragraphs(words.map { ExplanationSentence($0, "judgement") }))
    ]
  }

  private static func made(
    _ judgement: Judgement, _ content: DecisionContent, _ audience: Audience, _ texts: TextCatalogue
  ) throws(TextError) -> [String] {
    let parameters = [
      "date": texts.language.date(judgement.on), "decision": judgement.basis.description,
      "reviewer": judgement.reviewer, "case": judgement.caseName,
    ]
    var words = [
      try texts.document(audience == .customer ? "reviewed" : "reviewedBy", parameters),
      try texts.resolution(judgement),
    ]
    words += try set(judgement, content, texts)
    // Where the person decided otherwise, these are the main reasons above.
    if !judgement.overrules {
      for code in judgement.reasons { words.append(try texts.judgementReason(code)) }
    }
    words.append(try texts.document("ownWords", ["text": judgement.text]))
    if audience != .customer {
      for bar in content.bars where bar.isOverruled {
        words.append(try texts.document("inSpiteOf", ["provision": try texts.provision(bar.provision)]))
      }
    }
    if let approver = judgement.approver {
      words.append(
        try texts.document(
          audience == .customer ? "approvedBySecond" : "approvedBy", ["approver": approver]))
    }
    return words
  }

  /// What a judgement sets, for what, and until when.
  private static func set(
    _ judgement: Judgement, _ content: DecisionContent, _ texts: TextCatalogue
  ) throws(TextError) -> [String] {
    guard judgement.overrules else { return [] }
    var words: [String] = []
    if let rating = judgement.rating {
      let missing = try texts.document("missing")
      words.append(
        try texts.document(
          "setRating", ["rating": rating, "policyRating": content.policyRating ?? missing]))
    }
    if let outcome = judgement.outcome {
      words.append(try texts.document("setOutcome", ["outcome": try texts.outcome(outcome)]))
    }
    words.append(try texts.document(judgement.scope == .order ? "setForOrder" : "setForCustomer"))
    words.append(try texts.document("setUntil", ["date": texts.language.date(judgement.until)]))
    return words
  }
}

extension TextCatalogue {
  /// The reasons that a reviewer can choose from, with their sentences, in the order of the file.
  public var judgementReasons: [(code: String, sentence: String)] {
    (json["review"]?.objectValue?.members ?? []).compactMap { member in
      member.value.stringValue.map { (member.key, $0) }
    }
  }

  /// The sentence for a reason that a reviewer gave.
  public func judgementReason(_ code: String) throws(TextError) -> String {
    try text(["review", code])
  }

  /// What came of a review, as a sentence.
  func resolution(_ judgement: Judgement) throws(TextError) -> String {
    try text(["resolutions", judgement.restriction?.rawValue ?? judgement.resolution.rawValue])
  }

  /// Why an order is held that neither policy nor law holds: a stop, an earlier judgement.
  func hold(_ id: String) throws(TextError) -> String { try text(["holds", id]) }

  /// What kept a decision from the outcome that it would have had, as a sentence.
  public func bar(_ bar: OrderBar) throws(TextError) -> String {
    if let source = bar.silentSource { return try silence(of: source) }
    let isHold = bar.provision == OrderBar.lookAgain || bar.provision == OrderBar.stopSwitch
    return try isHold ? hold(bar.provision) : provision(bar.provision)
  }

  /// That a source gave no answer that can be used.
  func silence(of source: String) throws(TextError) -> String {
    try filled(["holds", "silent-source"], ["source": source])
  }
}
