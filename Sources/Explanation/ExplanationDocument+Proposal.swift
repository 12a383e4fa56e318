import Decisioning
import Facts
import Formats
import Values

extension ExplanationDocument {
  /// What is proposed to become of the supply, and for which claim.
  ///
  /// The digest of the certificate is for those who can look it up.
  static func proposed(
    _ proposal: ServiceProposal, _ audience: Audience, _ texts: TextCatalogue
  ) throws(TextError) -> ExplanationSection {
    let place = proposal.deliveryPoint.map { ", \($0)" } ?? ""
    var sentences = [
      ExplanationSentence(
        try texts.proposal(
          "step",
          [
            "step": try texts.step(proposal.step), "contract": proposal.contract,
            "commodity": try texts.commodity(proposal.commodity.rawValue) + place,
          ]), "proposal"),
      ExplanationSentence(
        try texts.proposal(
          "claim",
          [
            "amount": texts.language.number(proposal.amount.amount),
            "currency": proposal.amount.currency.code,
          ]), "proposal"),
    ]
    if !proposal.invoices.isEmpty {
      sentences.append(
        ExplanationSentence(
          try texts.proposal("invoices", ["list": proposal.invoices.joined(separator: ", ")]), "proposal"))
    }
    if audience != .customer, let certificate = proposal.certificate {
      sentences.append(
        ExplanationSentence(
          try texts.proposal("certificate", ["digest": certificate.hexadecimal]), "proposal"))
    }
    return ExplanationSection(heading: try texts.proposal("heading"), body: .paragraphs(sentences))
  }

  /// The reasons of a proposal: those of the ladder.
  static func reasons(_ proposal: ServiceProposal, _ texts: TextCatalogue) throws(TextError) -> [Reason] {
    try proposal.reasons.map { code throws(TextError) in
      Reason(code: code, sentence: try texts.ladderReason(code), loss: nil, node: "proposal")
    }
  }
}

extension TextCatalogue {
  /// The name of a step of the ladder for people.
  public func step(_ name: String) throws(TextError) -> String { try text(["steps", name]) }

  /// The sentence for a reason of the ladder: why a step comes next, or what it waits for.
  public func ladderReason(_ code: String) throws(TextError) -> String { try text(["ladder", code]) }

  /// The sentence for a reason why a debt is or is not reported to a credit bureau.
  public func reportingReason(_ code: String) throws(TextError) -> String { try text(["reporting", code]) }

  /// The name of what is supplied.
  public func commodity(_ name: String) throws(TextError) -> String { try text(["commodities", name]) }

  func proposal(_ name: String, _ parameters: [String: String] = [:]) throws(TextError) -> String {
    try filled(["proposal", name], parameters)
  }

  func title(of content: DecisionContent) throws(TextError) -> String {
    let customer = ["customer": content.customer]
    return try content.proposal == nil ? document("title", customer) : proposal("title", customer)
  }

  /// What has become of a proposal by this very decision.
  func standing(of decision: DecisionRecord) throws(TextError) -> String {
    switch decision.kind {
    case .proposed: return try proposal("waits")
    case .automated: return try proposal("automatic")
    case .human:
      switch decision.content.judgement?.judgement.restriction {
      case .approved: return try proposal("approved")
      case .lifted: return try proposal("lifted")
      case nil: return try proposal("withdrawn")
      }
    }
  }
}
