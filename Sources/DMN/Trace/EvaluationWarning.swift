public import FEEL

/// Why a value became null, or what else went wrong, with the place in the model.
public struct EvaluationWarning: Sendable, Hashable {
  /// What went wrong.
  public var warning: Warning
  /// Where in the model.
  public var place: ModelPlace

  /// The warning in a sentence: where and what.
  public var sentence: String { "\(place.words): \(warning.sentence)" }
}
