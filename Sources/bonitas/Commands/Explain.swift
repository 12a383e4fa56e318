import Access
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HumanReview
import SQLite

extension Command {
  /// `bonitas explain`: why a decision is as it is.
  static let explain = Command(
    "explain",
    summary: "Explain a decision: outcome, points, evidence and main reasons.",
    discussion: """
      The words come from the rule set that made the decision and is kept with it, so an explanation does not change \
      when the rules do. For the customer it is plain and free of codes, and tells which data were used and how to \
      contest; the reviewer sees the rules as well; the auditor also sees the hashes and where each record came from.
      """,
    positionals: [Explaining.decision],
    options: [Explaining.customer, Explaining.language, Explaining.audience, Explaining.format],
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas explain D-1", "The first decision, in English."),
      Example(
        "bonitas explain --customer CAST-14 --language lv",
        "The newest decision about a customer, in Latvian."),
      Example(
        "bonitas explain D-1 --audience customer --language et --format html > D-1.html",
        "A page for the customer, in Estonian, to read or to print."),
    ], run: Explaining.run)
}

private enum Explaining {
  static let decision = Positional("DECISION", .decision, "The decision, as in D-17.", isRequired: false)
  static let customer = Option(
    "customer", .name("CUSTOMER"), "The newest decision about this customer instead.")
  static let language = Option(
    "language", .choice(Language.allCases.map(\.rawValue)), "The language (default en).")
  static let audience = Option(
    "audience", .choice(Audience.allCases.map(\.rawValue)), "Who reads it (default reviewer).")
  static let format = Option("format", .choice(["text", "json", "html"]), "The form (default text).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let id = arguments[decision]
    let number = arguments[customer]
    if (id == nil) == (number == nil) {
      throw Failure(
        usage: .conflict(
          id == nil
            ? "Name a decision, or a customer with --customer." : "Name a decision or a customer, not both."))
    }
    let store = try arguments.store(edge)
    let chosen = Language(rawValue: arguments[language] ?? "en") ?? .english
    let record = try find(id, number, store)
    let reader = Audience(rawValue: arguments[audience] ?? "reviewer") ?? .reviewer
    let document = try explain(record, chosen, reader, store)
    try arguments.recordRead(
      by: "explain", of: [record.customerKey],
      about: ["decision": .string(record.id.description), "audience": .string(reader.rawValue)], in: store,
      edge)
    if arguments.wantsJSON || arguments[format] == "json" {
      edge.output.json(document.json)
    } else if arguments[format] == "html" {
      edge.output.write(document.html)
    } else {
      for line in document.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        edge.output.fitted(visible(String(line)))
      }
    }
    return .done
  }

  private static func find(_ id: DecisionID?, _ number: String?, _ store: FactStore) throws(Failure)
    -> DecisionRecord
  {
    try failing {
      try store.read { reader throws(RatingError) in
        if let id {
          do throws(DecisionStoreError) {
            if let record = try DecisionStore.decision(id, in: reader.sql) { return record }
          } catch {
            throw .decisions(error)
          }
          throw .unknownDecision(id)
        }
        let reference = CustomerReference.number(number ?? "")
        guard let key = try RatingError.wrapping({ () throws(SQLiteError) in try reader.key(of: reference) })
        else {
          throw .unknownCustomer(reference)
        }
        do throws(DecisionStoreError) {
          if let record = try DecisionStore.latest(customerKey: key, in: reader.sql) { return record }
        } catch {
          throw .decisions(error)
        }
        return nil
      } ?? missing(number ?? "")
    }
  }

  private static func missing(_ number: String) throws(Failure) -> DecisionRecord {
    throw Failure(
      "no-decision",
      "There is no decision about customer '\(visible(number))' yet: 'bonitas rate \(visible(number))'.")
  }

  private static func explain(
    _ record: DecisionRecord, _ language: Language, _ audience: Audience, _ store: FactStore
  ) throws(Failure) -> ExplanationDocument {
    try failing {
      let (files, facts, situation) = try store.read { reader throws(RatingError) in
        try Rater.material(of: record, reader)
      }
      let ruleSet = try? RuleSet(files)
      let counterfactuals = ruleSet.flatMap { ruleSet -> Counterfactuals? in
        // Where the facts have been erased since, there is nothing to compute from; the record itself still tells.
        guard facts.customer != nil else { return nil }
        return ruleSet.counterfactuals(of: record.content, facts, situation)
      }
      return try ExplanationDocument(
        record, texts: try TextCatalogue(files, language: language), audience: audience, facts: facts,
        law: try ruleSet?.law ?? Law(files), counterfactuals: counterfactuals,
        state: try DecisionState(of: record, in: store))
    }
  }
}

extension ValueKind where Value == DecisionID {
  /// The number of a decision: `D-17`, `17`.
  static var decision: ValueKind {
    ValueKind(placeholder: "DECISION") { text in
      DecisionID(text).map(Reading.value) ?? .problem("is not the number of a decision, as in D-17")
    }
  }
}
