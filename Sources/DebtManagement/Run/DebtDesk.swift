public import AuditLog
public import Decisioning
public import FactStore
import Facts
public import Safeguards

/// All that debt management works with: one store, the policy, the law and the letters of one rule set.
public struct DebtDesk: Sendable {
  /// The store of facts, decisions and effects.
  public let store: FactStore
  /// Where everything is entered that is done.
  public let audit: AuditLog
  /// The rule set.
  public let ruleSet: RuleSet
  /// The policy: which step comes next.
  public let ladder: Ladder
  /// The law, which proves each restriction by itself.
  public let safeguards: Safeguards
  /// Writes the letters.
  let letters: LetterWriter
  let interest: InterestRates
  /// About which contracts of a customer a person is still looking at a decision.
  let underReview: UnderReview

  /// Says about which contracts of a customer a person is still looking at a decision; debt management does not know who.
  public typealias UnderReview = @Sendable (Int, FactReader) throws(DebtError) -> Set<String>

  /// A desk with a rule set on a store.
  ///
  /// - Throws: `.policy`, `.law`, `.letter`: what of the rule set cannot be used.
  public init(
    store: FactStore, audit: AuditLog, ruleSet: RuleSet, underReview: @escaping UnderReview
  ) throws(DebtError) {
    self.store = store
    self.audit = audit
    self.ruleSet = ruleSet
    self.underReview = underReview
    do throws(RestrictionModelError) {
      ladder = Ladder(try RestrictionModel(ruleSet.files))
    } catch {
      throw .policy(error)
    }
    do throws(SafeguardsError) {
      safeguards = Safeguards(
        law: try DebtLaw(files: ruleSet.files.jsonFiles(in: "law")),
        calendars: try DebtCalendars(files: ruleSet.files.jsonFiles(in: "calendars")))
    } catch {
      throw .law(error)
    }
    do throws(LetterError) { letters = try LetterWriter(ruleSet.files) } catch { throw .letter(error) }
    interest = InterestRates(ruleSet.files)
  }

  /// The desk with what another has compiled of the rule set, on another store.
  init(like other: DebtDesk, store: FactStore, underReview: @escaping UnderReview) {
    self.store = store
    self.underReview = underReview
    (audit, ruleSet, ladder, safeguards) = (other.audit, other.ruleSet, other.ladder, other.safeguards)
    (letters, interest) = (other.letters, other.interest)
  }
}
