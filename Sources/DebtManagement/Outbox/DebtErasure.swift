public import AuditLog
public import FactStore
import Formats
import SQLite
import Values

/// What becomes of debt management's own data when a customer's data are erased, beside the facts.
///
/// Letters, requests, what became of them and what a bureau was told go, with the audit entries about them. What stays, if
/// only for a time, are the restrictions that may have left: their certificates prove that they were lawful as long as
/// somebody can claim the contrary (GDPR article 17(3)(e), LV-C-5: 10 years), and hold no name, address or cause of illness.
public enum DebtErasure {
  /// What was erased.
  public struct Report: Hashable, Sendable {
    /// The effects that are gone.
    public var effects = 0
    /// The decisions about reports that are gone.
    public var reports = 0
    /// The effects that stay as proof.
    public var kept: [String] = []
  }

  /// Erases the effects and reports of a customer, in the write that erases the facts or another, and enters that.
  ///
  /// - Parameters:
  ///   - key: the customer's key.
  ///   - rule: the id of the rule that asks for it.
  ///   - keepsProof: false where nobody can claim any more that a restriction was unlawful: then those go as well.
  ///   - tables: every audited table.
  /// - Throws: `.outbox(.notErasable)` where something is on its way or has still to give supply back, and `.reportStands`
  ///   where a bureau still has a report: nobody could end it any more (GDPR article 19).
  public static func erase(
    customerKey key: Int, rule: String, keepsProof: Bool = true, tables: [AuditedTable],
    in write: StoreTransaction, audit: AuditLog
  ) throws(DebtError) -> Report {
    if let told = try ReportingStore.told(of: key, until: .latest, in: write.sql).first(where: {
      !$0.isCorrected
    }) {
      throw .reportStands(contract: told.claim.contract)
    }
    var report = Report()
    var rows: [AuditedRow] = []
    do throws(OutboxError) {
      (rows, report) = try OutboxStore.erase(
        customerKey: key, keepsProof: keepsProof, in: write, audit: audit)
    } catch {
      throw .outbox(error)
    }
    let told = try DebtError.wrapping { () throws(SQLiteError) in
      try ReportingStore.erase(customerKey: key, in: write)
    }
    report.reports = told.count
    rows += told
    var about = JSONObject()
    about["rule"] = .string(rule)
    if !report.kept.isEmpty {
      about["kept"] = .array(report.kept.map(JSONValue.string))
      about["because"] = "legal claims, LV-C-5"
    }
    do throws(AuditError) {
      try audit.erase(rows, of: key, tables: tables, about: about, in: write.sql)
    } catch {
      throw .audit(error)
    }
    return report
  }
}
