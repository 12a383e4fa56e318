import Decisioning

extension Counterfactuals {
  /// The counterfactuals in sentences, as they stand in an explanation.
  public func section(_ texts: TextCatalogue) throws(TextError) -> ExplanationSection {
    try ExplanationDocument.whatIf(self, texts)
  }
}
