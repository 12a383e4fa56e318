import Decisioning
import Facts
import Formats
import Values

/// A decision in words: what was decided, how the score came about and why points were lost.
///
/// Every sentence comes from the texts of the rule set that made the decision, so the words are as old as it is.
public struct ExplanationDocument: Sendable {
  /// One characteristic of the scorecard, as it applied to this customer.
  public struct Line: Hashable, Sendable {
    /// The name for people.
    public var characteristic: String
    /// The value with its unit.
    public var value: String
    /// The points it gave.
    public var points: String
    /// The most points it could have given.
    public var best: String
    /// The id of the rule that gave them; empty for the customer.
    public var rule: String
    /// The records it rests on, at most three and how many more; empty for the customer.
    public var evidence: String
  }

  /// One main reason.
  public struct Reason: Hashable, Sendable {
    /// The reason code.
    public var code: String
    /// The sentence.
    public var sentence: String
    /// The points lost for it; nil for a circumstance outside the scorecard.
    public var loss: Decimal?
    /// The rule that it rests on.
    public var node: String
  }

  /// The language it is written in.
  public let language: Language
  /// Who it is written for.
  public let audience: Audience
  /// The decision it explains.
  public let decision: DecisionRecord
  /// The heading.
  public let title: String
  /// Which data and rules were used.
  public let basis: String
  /// The word for the outcome.
  public let outcome: String
  /// The score and the best score.
  public let score: String
  /// The main reasons, at most four.
  public let reasons: [Reason]
  /// The characteristics in the scorecard's order.
  public let lines: [Line]
  /// What the audience is told besides.
  public let sections: [ExplanationSection]
  /// Sentences that close the document: currency, how to contest.
  public let closing: [String]
  /// What would have given a better decision; nil where it was not looked for.
  public let counterfactuals: Counterfactuals?
  let headings: Headings
  let origins: [RecordOrigin]

  struct Headings: Sendable {
    let outcome, rating, score, reasons, noReasons, points: String
    let characteristic, value, gained, possible, rule, evidence, missing: String

    init(_ texts: TextCatalogue) throws(TextError) {
      outcome = try texts.document("outcome")
      rating = try texts.document("rating")
      score = try texts.document("score")
      reasons = try texts.document("reasons")
      noReasons = try texts.document("noReasons")
      points = try texts.document("points")
      characteristic = try texts.document("characteristic")
      value = try texts.document("value")
      gained = try texts.document("gained")
      possible = try texts.document("possible")
      evidence = try texts.document("evidence")
      rule = try texts.document("rule")
      missing = try texts.document("missing")
    }
  }

  /// Explains a decision in the language of the texts.
  ///
  /// - Parameters:
  ///   - decision: the decision.
  ///   - texts: the texts of its rule set.
  ///   - audience: who it is written for.
  ///   - facts: the facts that the decision saw, for their sources and dates; nil where they are not told.
  ///   - law: the law of its rule set, for the days within which a contest is answered.
  ///   - counterfactuals: what would have given a better decision; nil where that is not told.
  ///   - state: what has become of the decision since.
  public init(
    _ decision: DecisionRecord, texts: TextCatalogue, audience: Audience = .reviewer,
    facts: CustomerFacts? = nil, law: Law = Law(provisions: []), counterfactuals: Counterfactuals? = nil,
    state: DecisionState = DecisionState()
  ) throws(TextError) {
    let content = decision.content
    let language = texts.language
    self.language = language
    self.audience = audience
    self.decision = decision
    headings = try Headings(texts)
    title = try texts.title(of: content)
    basis = try texts.document(
      audience == .customer ? "customerAsOf" : "asOf",
      [
        "date": language.date(content.businessDate), "knownAt": decision.knownAt.description,
        "decision": decision.id.description, "ruleSet": String(content.ruleSet.hexadecimal.prefix(12)),
      ])
    outcome = try content.proposal == nil ? texts.outcome(content.outcome) : texts.standing(of: decision)
    if let score = content.score {
      self.score = try texts.document(
        "scoreOf", ["score": language.number(score), "best": language.number(content.bestScore)])
    } else {
      score = headings.missing
    }
    let features = Dictionary(content.features.map { ($0.name, $0) }) { first, _ in first }
    var lines: [Line] = []
    for scored in content.characteristics {
      let feature = features[scored.name]
      lines.append(
        Line(
          characteristic: try texts.characteristic(scored.name),
          value: try texts.value(feature?.value ?? .null, of: scored.name),
          points: language.number(scored.points), best: language.number(scored.best),
          rule: audience == .customer ? "" : scored.rule,
          evidence: audience == .customer ? "" : try Self.evidence(feature?.evidence ?? [], texts)))
    }
    self.lines = lines
    reasons = try Self.mainReasons(of: content, texts)
    origins = facts.map(RecordOrigin.all) ?? []
    self.counterfactuals = counterfactuals
    var common = try Self.stateSections(state, texts)
    common += try Self.judgementSections(decision, audience, texts)
    common += try Self.standingSections(decision, audience, texts)
    // What a customer changes makes no person's decision another, and ends no stop.
    if let counterfactuals, content.judgement == nil, !content.isStopped {
      common.append(try Self.whatIf(counterfactuals, texts))
    }
    var origin = try Self.origin(decision, texts)
    if let currency = content.currency {
      origin.append(
        ExplanationSentence(try texts.document("currency", ["currency": currency.code]), "record"))
    }
    let contest = try Self.contest(decision, law, texts)
    switch audience {
    case .customer:
      sections =
        try common
        + Self.customerSections(
          origins, jurisdiction: facts?.customer?.fact.jurisdiction, procedure: origin, contest: contest,
          texts)
      closing = []
    case .reviewer:
      sections = try common + Self.reviewerSections(content, texts)
      closing = (origin + [contest]).map(\.text)
    case .auditor:
      sections =
        try common + Self.reviewerSections(content, texts)
        + Self.auditorSections(decision, origins, texts)
      closing = (origin + [contest]).map(\.text)
    }
  }

  /// The main reasons of a decision, at most four, in the language of the texts.
  public static func mainReasons(
    of content: DecisionContent, _ texts: TextCatalogue
  ) throws(TextError) -> [Reason] {
    if let proposal = content.proposal { return try reasons(proposal, texts) }
    guard let judgement = content.judgement?.judgement, content.judgement?.effect == .made,
      judgement.overrules
    else { return try reasons(content, texts) }
    // Where a person decided otherwise, the reasons are those that the person relied on (AD-27).
    return try judgement.reasons.map { code throws(TextError) in
      Reason(code: code, sentence: try texts.judgementReason(code), loss: nil, node: "judgement")
    }
  }

  /// The main reasons of the rules.
  private static func reasons(
    _ content: DecisionContent, _ texts: TextCatalogue
  ) throws(TextError) -> [Reason] {
    try content.principalReasons.map { reason throws(TextError) in
      let rule =
        content.characteristics.first { $0.name == reason.characteristic }?.rule
        ?? content.knockOuts.first { $0.reason == reason.code }?.rule
      let table = reason.characteristic == nil ? PolicyName.knockOuts : PolicyName.score
      return Reason(
        code: reason.code, sentence: try sentence(of: reason, content.value(of: reason), texts),
        loss: reason.loss, node: (["decision", table] + [rule].compactMap(\.self)).joined(separator: "/"))
    }
  }

  /// The sentence of one main reason of the rules, with the value that it names.
  public static func sentence(
    of reason: PrincipalReason, _ value: JSONValue?, _ texts: TextCatalogue
  ) throws(TextError) -> String {
    guard let characteristic = reason.characteristic, let value else {
      return try texts.reason(reason.code, value: try texts.document("missing"))
    }
    return try texts.reason(reason.code, value: try texts.value(value, of: characteristic))
  }

  private static func evidence(_ records: [String], _ texts: TextCatalogue) throws(TextError) -> String {
    let shown = 3
    var words: [String] = []
    for record in records.prefix(shown) { words.append(try texts.record(record)) }
    if records.count > shown {
      words.append(
        try texts.document("more", ["count": texts.language.number(Decimal(records.count - shown))]))
    }
    return words.joined(separator: ", ")
  }
}
