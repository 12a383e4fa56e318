import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HumanReview
import SQLite
import Values

extension Command {
  /// `bonitas rate`: one automated decision, recorded.
  static let rate = Command(
    "rate",
    summary: "Rate one customer and record the decision.",
    positionals: [RatingOptions.customer], options: [Ordering.order, RatingOptions.currency],
    takesTimes: .both,
    needs: .anybody,
    examples: [
      Example("bonitas rate CAST-13 --business-date 2026-06-30", "Rates a customer who used to pay late."),
      Example(
        "bonitas rate CAST-14 --order sample-data/orders/electricity.json --business-date 2026-06-30",
        "Whether this order may be accepted, and on what terms."),
    ]
  ) { arguments, edge throws(Failure) in
    let number = try arguments.required(RatingOptions.customer)
    let date = arguments.businessDate(edge)
    let rater = try arguments.rater(edge, on: date)
    let record = try failing {
      try rater.rate(
        .number(number), businessDate: date, knownAt: arguments.knownAt(edge),
        currency: arguments.currency, order: try arguments.order(), actor: arguments.actor, at: edge.now)
    }
    let waiting = try arguments.follow(rater, on: date, edge)?.referral(of: record, at: edge.now)
    let contested = try DecisionView.contest(holding: record, in: rater.store)
    if arguments.wantsJSON {
      edge.output.json(DecisionView.json(record, contested: contested))
    } else {
      let document = try failing {
        try ExplanationDocument(record, texts: try TextCatalogue(rater.ruleSet.files, language: .english))
      }
      DecisionView.write(document, contested: contested, to: edge.output)
      edge.output.line()
      edge.output.line("'bonitas explain \(record.id)' tells how the score came about.")
      if let waiting { edge.output.line("It waits for a person as case \(waiting).") }
    }
    return .done
  }
}

/// The option that names an order, and its file.
private enum Ordering {
  static let order = Option("order", .path("FILE"), "The order that is asked about, as a JSON file.")
}

extension Arguments {
  fileprivate func order() throws(Failure) -> Order? {
    guard let path = self[Ordering.order] else { return nil }
    return try failing { try Order(json: try ByteSource(path: path).readAll(limit: 1 << 20)) }
  }
}

/// A decision in few lines, and as JSON.
enum DecisionView {
  /// The open contest because of which a decision has no effect against the customer.
  static func contest(holding record: DecisionRecord, in store: FactStore) throws(Failure) -> CaseID? {
    let contests = try failing {
      try store.read { reader throws(SQLiteError) in
        try OpenContests(of: record.customerKey, in: reader.sql)
      }
    }
    return contests[record.customerKey, order: record.content.order?.reference]
  }

  /// Outcome, rating, score, the main reasons, and whether it is contested.
  static func write(_ document: ExplanationDocument, contested: CaseID?, to output: TextStream) {
    let content = document.decision.content
    let lines: [(String, String)] = [
      ("customer", "\(content.customer), business date \(content.businessDate)"),
      ("decision", document.decision.id.description), ("outcome", document.outcome),
      ("rating", content.rating ?? "none"), ("score", document.score),
    ]
    for (head, body) in lines {
      output.hanging(indent: 0, head: head, headWidth: 8, body: visible(body))
    }
    if let contested {
      output.hanging(
        indent: 0, head: "effect", headWidth: 8,
        body: "none against the customer until \(contested) is answered")
    }
    for reason in document.reasons {
      output.hanging(indent: 0, head: "reason", headWidth: 8, body: visible(reason.sentence))
    }
    for problem in content.problems {
      output.hanging(
        indent: 0, head: "problem", headWidth: 8, body: visible("\(problem.decision): \(problem.message)"))
    }
  }

  /// The record with its whole content, and the case of the contest that holds it.
  static func json(_ record: DecisionRecord, contested: CaseID?) -> JSONValue {
    [
      "decision": .string(record.id.description), "customer": .string(record.content.customer),
      "outcome": .string(record.content.outcome.rawValue),
      "rating": record.content.rating.map(JSONValue.string) ?? .null,
      "score": record.content.score.map(JSONValue.number) ?? .null,
      "businessDate": .string(record.content.businessDate.description),
      "knownAt": .string(record.knownAt.description), "recordedAt": .string(record.recordedAt.description),
      "actor": .string(record.actor), "sequence": .number(Decimal(record.sequence)),
      "readSequence": .number(Decimal(record.readSequence)),
      "kind": .string(record.kind.rawValue), "purpose": .string(record.purpose.rawValue),
      "legalBasis": .array(record.legalBasis.map(JSONValue.string)),
      "supersedes": record.supersedes.map { .string($0.description) } ?? .null,
      "contested": contested.map { .string($0.description) } ?? .null,
      "contentHash": .string(record.contentHash.hexadecimal), "content": record.content.json,
    ]
  }
}
