import DMN
import FEEL
import Values

/// A rule set ready to decide: its models compiled, their inputs bound, its scorecard read.
///
/// Immutable and without a name looked up at run time; share one between threads. A class, since handing it on as a structure counts
/// some forty references that all threads share.
public final class RuleSet: Sendable {
  /// The files it was made of; their hash is the version.
  public let files: RuleSetFiles
  /// Facts to features.
  let features: FeatureModel
  /// Features to knock-outs, score, rating and outcome.
  let rating: RatingModel
  /// The dated law that stands above the policy.
  public let law: Law
  /// Which days are worked in which country.
  public let calendars: Calendars
  /// What a customer can change, as the policy declares it.
  let changes: ChangePolicy
  /// The steps of the scorecard.
  let bins: ScorecardBins

  /// SHA-256 over the files.
  public var version: Digest { files.version }

  /// What the places of a stored decision stand for.
  public var layout: RecordLayout { rating.layout }

  /// The names of the features, in the order of the feature model.
  public var featureNames: [String] { features.names }

  /// The compiled rating model, to be looked at.
  public var ratingModel: DecisionModel { rating.model }

  /// The names of the scorecard's characteristics, in its order.
  public var characteristics: [String] { rating.scorecard.characteristics }

  /// Compiles and checks the models of a rule set.
  public init(_ files: RuleSetFiles) throws(RuleSetError) {
    self.files = files
    features = try FeatureModel(try Self.model("features.dmn", files), path: "features.dmn")
    rating = try RatingModel(
      try Self.model("credit-rating.dmn", files), path: "credit-rating.dmn", features: features.names,
      ruleSet: files.version)
    law = try Law(files)
    calendars = try Calendars(files)
    changes = try ChangePolicy(
      scorecard: rating.scoreTable, knockOuts: rating.knockOutTable, path: "credit-rating.dmn")
    bins = ScorecardBins(rating.scoreTable, scorecard: rating.scorecard, changes: changes)
  }

  /// Compiles and checks the models of a rules folder.
  public convenience init(folder: String) throws(RuleSetError) {
    try self.init(try RuleSetFiles(folder: folder))
  }

  private static func model(_ path: String, _ files: RuleSetFiles) throws(RuleSetError) -> DecisionModel {
    guard let bytes = files[path] else { throw .missingModel(path: path) }
    let others = files.paths.filter { $0 != path && $0.hasSuffix(".dmn") }
      .map { ModelFile(name: $0, bytes: files[$0] ?? []) }
    let model: DecisionModel
    do {
      model = try DecisionModel(ModelFile(name: path, bytes: bytes), others: others)
    } catch {
      throw .notAModel(path: path, error: error)
    }
    let errors = model.findings.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .findings(path: path, errors) }
    for text in model.definitions.texts {
      guard let part = FEELText(text.text).volatileParts.first else { continue }
      let what =
        switch part {
        case .clock(let function): "calls \(function)()"
        case .zone(let id): "names the zone \(id)"
        }
      throw .volatile(path: path, element: text.element, part: text.part, what: what)
    }
    return model
  }
}
