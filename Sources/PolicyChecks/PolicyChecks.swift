import DMN
import DebtManagement
public import Decisioning
import Formats

/// The proof that a policy is whole: the gate before a rule set is published.
public enum PolicyChecks {
  /// Everything wrong or doubtful in a rule set, errors first; also in one that the pipeline refuses.
  public static func findings(_ files: RuleSetFiles) -> [PolicyFinding] {
    let policy = Policy(files)
    var findings = policy.findings
    findings += VolatilityCheck.findings(policy)
    findings += ForbiddenInputCheck.findings(policy)
    findings += UsageCheck.findings(policy)
    for model in policy.models where model.isSound { findings += TableCheck(model, policy).findings() }
    if let rating = policy.rating, rating.isSound {
      findings += CompositionCheck(rating, known: findings, finder: policy.finder).findings()
    }
    if let restriction = policy.restriction, restriction.isSound {
      findings += LadderCheck.findings(restriction, policy.debtLaw)
    }
    findings += TextCheck(policy).findings()
    findings += LetterCheck.findings(files).map { PolicyFinding(.letter($0), file: $0.file) }
    return findings.filter { $0.severity == .error } + findings.filter { $0.severity == .warning }
  }
}
