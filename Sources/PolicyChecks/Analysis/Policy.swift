import DMN
import DebtManagement
import Decisioning
import FEEL
import HumanReview
import Safeguards

/// The models of a rule set, as far as they can be read.
struct Policy {
  let files: RuleSetFiles
  /// The findings of reading and compiling.
  private(set) var findings: [PolicyFinding] = []
  private(set) var features: PolicyModel?
  private(set) var rating: PolicyModel?
  private(set) var review: PolicyModel?
  private(set) var restriction: PolicyModel?
  /// The law of debts; nil where it cannot be read.
  private(set) var debtLaw: LadderLaw?
  /// Examples from the rating model.
  let finder: CustomerFinder?

  var models: [PolicyModel] { [features, rating, review, restriction].compactMap { $0 } }

  /// The models that every rule set has.
  static let featuresPath = "features.dmn"
  static let ratingPath = ExampleModel.rating.rawValue

  init(_ files: RuleSetFiles) {
    self.files = files
    var findings: [PolicyFinding] = []
    var models: [String: DecisionModel] = [:]
    let paths = files.paths.filter { $0.hasSuffix(".dmn") }
    for path in paths {
      let others = paths.filter { $0 != path }.map { ModelFile(name: $0, bytes: files[$0] ?? []) }
      do throws(ModelError) {
        let model = try DecisionModel(ModelFile(name: path, bytes: files[path] ?? []), others: others)
        models[path] = model
        findings += model.findings.filter { $0.place.source == path }.map { finding in
          PolicyFinding(
            .model(code: finding.code, isError: finding.severity == .error, sentence: finding.sentence),
            file: path, decision: finding.place.elementName)
        }
      } catch {
        findings.append(
          PolicyFinding(.model(code: "unreadable", isError: true, sentence: error.sentence), file: path))
      }
    }
    let features = models[Self.featuresPath].map { PolicyModel(file: Self.featuresPath, $0, nullable: []) }
    let names = features?.featureNames ?? []
    let rating = models[Self.ratingPath].map {
      PolicyModel(file: Self.ratingPath, $0, nullable: Set(names).union(PolicyName.optionalInputs))
    }
    self.features = features
    self.rating = rating
    review = models[ReviewPolicy.path].map {
      PolicyModel(file: ReviewPolicy.path, $0, nullable: Set(ReviewPolicy.optionalInputs))
    }
    do throws(SafeguardsError) {
      debtLaw = try LadderLaw.read(files)
    } catch {
      findings.append(PolicyFinding(.refused(code: error.code, sentence: error.sentence), file: "law"))
    }
    let turns = debtLaw?.points ?? [:]
    restriction = models[RestrictionModel.path].map {
      PolicyModel(
        file: RestrictionModel.path, $0, nullable: RestrictionModel.optionalInputs, foreign: turns)
    }
    finder = rating.flatMap { $0.isSound ? CustomerFinder($0) : nil }
    if let refusal = Self.refusal(files), !refusal.isToldByModels {
      findings.append(
        PolicyFinding(.refused(code: refusal.code, sentence: refusal.sentence), file: refusal.path ?? "rules")
      )
    }
    if let refusal = Self.reviewRefusal(files), !refusal.isToldByOthers {
      findings.append(
        PolicyFinding(
          .refused(
            code: refusal.code,
            sentence: refusal.sentence.trimmingPrefix(ReviewPolicy.path + ": ").description),
          file: ReviewPolicy.path))
    }
    if let refusal = Self.restrictionRefusal(files), !refusal.isToldByOthers {
      findings.append(
        PolicyFinding(
          .refused(
            code: refusal.code,
            sentence: refusal.sentence.trimmingPrefix(RestrictionModel.path + ": ").description),
          file: RestrictionModel.path))
    }
    self.findings = findings
  }

  private static func reviewRefusal(_ files: RuleSetFiles) -> ReviewPolicyError? {
    do throws(ReviewPolicyError) {
      _ = try ReviewPolicy(files)
      return nil
    } catch {
      return error
    }
  }

  private static func restrictionRefusal(_ files: RuleSetFiles) -> RestrictionModelError? {
    do throws(RestrictionModelError) {
      _ = try RestrictionModel(files)
      return nil
    } catch {
      return error
    }
  }

  private static func refusal(_ files: RuleSetFiles) -> RuleSetError? {
    do throws(RuleSetError) {
      _ = try RuleSet(files)
      return nil
    } catch {
      return error
    }
  }
}

extension RuleSetError {
  /// Whether the findings of the models say the same, and better.
  fileprivate var isToldByModels: Bool {
    switch self {
    case .notAModel, .findings, .volatile: true
    case .scorecard(_, _, .noMissingRow): true
    default: false
    }
  }

  fileprivate var path: String? {
    switch self {
    case .missingModel(let path), .notAModel(let path, _), .findings(let path, _),
      .missingDecision(let path, _), .unknownFact(let path, _, _), .unboundInput(let path, _, _),
      .scorecard(let path, _, _), .volatile(let path, _, _, _):
      path
    default: nil
    }
  }
}

extension ReviewPolicyError {
  /// Whether the findings of the models, or the refusal of the rule set, say the same.
  fileprivate var isToldByOthers: Bool {
    switch self {
    case .notAModel, .findings, .rules: true
    default: false
    }
  }
}

extension RestrictionModelError {
  /// Whether the findings of the model say the same.
  fileprivate var isToldByOthers: Bool {
    switch self {
    case .notAModel, .findings: true
    default: false
    }
  }
}

extension PolicyModel {
  /// Whether the model can be evaluated: nothing is proved about one with errors.
  var isSound: Bool { !model.findings.contains { $0.severity == .error } }

  /// The decisions that are features: those with a value and its evidence.
  var featureNames: [String] {
    model.featureDecisions.filter { model.isMain($0) }.map(model.name(of:))
  }
}
