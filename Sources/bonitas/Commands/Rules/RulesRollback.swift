import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas rules rollback`: the version before, again.
  static let rulesRollback = Command(
    "rules rollback",
    summary: "Take back a scheduled activation, or go back to the version before.",
    discussion: """
      Takes back the activation scheduled last; where none is, puts the version before the one in force back in force \
      from today. Decisions that were made stay as they are.
      """,
    needs: .permission(.activate),
    examples: [Example("bonitas rules rollback", "Undoes what was activated last.")]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let today = arguments.today(edge)
    let audit = try edge.auditLog()
    let result = try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "rules rollback") {
        transaction throws(ActivationError) in
        try ActivationStore.rollBack(
          today: today, sequence: transaction.sequence, audit: audit, in: transaction.sql)
      }
    }
    if arguments.wantsJSON {
      edge.output.json([
        "withdrawn": result.withdrawn.map {
          ["version": .string($0.version.hexadecimal), "from": .string($0.from.description)]
        } ?? .null,
        "inForce": result.inForce.map { .string($0.hexadecimal) } ?? .null,
      ])
      return .done
    }
    if let withdrawn = result.withdrawn {
      edge.output.line("Version \(withdrawn.version.short) will not come into force on \(withdrawn.from).")
    }
    edge.output.line(
      result.inForce.map { "In force today, \(today): version \($0.short)." }
        ?? "No version is in force today, \(today).")
    return .done
  }
}
