import DebtManagement
public import Decisioning
import HumanReview

/// In which regions of their inputs two rule sets decide differently, in words.
public enum PolicyDifference {
  /// Everything in which the second rule set differs from the first: tables first, then logic, features, texts, law.
  public static func changes(from before: RuleSetFiles, to after: RuleSetFiles) -> [PolicyChange] {
    var changes: [PolicyChange] = []
    let comparison = PolicyComparison(before, after)
    if let comparison {
      changes += ElementDifference.changes(comparison)
      changes += TableDifference(comparison).changes()
      changes += LogicDifference(comparison).changes()
      changes += FeatureDifference(comparison).changes()
      if before[ReviewPolicy.path] != after[ReviewPolicy.path] {
        changes += modelChanges(comparison.before.review, comparison.after.review)
      }
      if before[RestrictionModel.path] != after[RestrictionModel.path] {
        changes += modelChanges(comparison.before.restriction, comparison.after.restriction)
      }
    } else {
      changes += unreadable(before, "first") + unreadable(after, "second")
    }
    changes += TextDifference.changes(before, after)
    changes += LawDifference.changes(before, after)
    changes += otherFiles(before, after)
    return changes
  }

  /// What changes for cases and second persons, or for debts; nothing where one side has no model of it.
  private static func modelChanges(_ old: PolicyModel?, _ new: PolicyModel?) -> [PolicyChange] {
    guard let old, let new, old.isSound, new.isSound else { return [] }
    return ElementDifference.elements(old, new) + ElementDifference.types(old, new)
      + TableDifference(old.alsoCut(like: new), new.alsoCut(like: old)).changes()
      + LogicDifference.changes(old, new)
  }

  /// Files of which nothing more is told: examples, models that are imported.
  private static func otherFiles(_ before: RuleSetFiles, _ after: RuleSetFiles) -> [PolicyChange] {
    let told = ["reasons/", "law/"]
    var paths = Set(before.paths + after.paths).subtracting([Policy.featuresPath, Policy.ratingPath])
    // Of two models of the review or of debts is told what they do.
    for path in [ReviewPolicy.path, RestrictionModel.path] where before[path] != nil && after[path] != nil {
      paths.remove(path)
    }
    return paths.sorted().filter { path in
      before[path] != after[path] && !told.contains(where: path.hasPrefix)
    }.map { path in
      let word = before[path] == nil ? "is new" : after[path] == nil ? "is gone" : "changed"
      return PolicyChange(.file, file: path, element: path, "The file '\(path)' \(word).")
    }
  }

  private static func unreadable(_ files: RuleSetFiles, _ which: String) -> [PolicyChange] {
    Policy(files).findings.filter { $0.severity == .error }.map {
      PolicyChange(
        .file, file: $0.file, element: $0.decision ?? "",
        "The models of the \(which) rule set cannot be compared: \($0.sentence)")
    }
  }
}
