import Access
import Decisioning
import Facts
import Formats
import Values

extension Command {
  /// `bonitas features show`: what the rules see of a customer.
  static let featuresShow = Command(
    "features show",
    summary: "Show a customer's features with the records they rest on.",
    discussion: """
      Features are computed by features.dmn of the rules in force, or of a folder named by --rules, from the customer's \
      facts as of the business date, as known at the instant. Nothing is recorded but that they were read.
      """,
    positionals: [RatingOptions.customer], options: [RatingOptions.currency], takesTimes: .both,
    needs: .permission(.readPersonalData),
    examples: [
      Example(
        "bonitas features show CAST-14 --business-date 2026-06-30",
        "What is known of a customer who stopped paying.")
    ]
  ) { arguments, edge throws(Failure) in
    let number = try arguments.required(RatingOptions.customer)
    let date = arguments.businessDate(edge)
    let rater = try arguments.rater(edge, on: date, mayTryOut: true)
    let reference = CustomerReference.number(number)
    let (key, content) = try failing { () throws -> (Int, DecisionContent) in
      let read = try rater.read(
        reference, businessDate: date, knownAt: arguments.knownAt(edge), currency: arguments.currency)
      guard let content = rater.ruleSet.decide(read.facts, read.situation) else {
        throw RatingError.notArrived(reference, businessDate: date)
      }
      return (read.key, content)
    }
    try arguments.recordRead(
      by: "features show", of: [key], about: ["businessDate": .string("\(date)")], in: rater.store, edge)
    if arguments.wantsJSON {
      edge.output.json(describe(content))
      return .done
    }
    edge.output.line(
      "Customer \(visible(content.customer)) as of \(date)"
        + (content.currency.map { ", amounts in \($0.code)" } ?? ", no amounts"))
    edge.output.line()
    var table = Table([.init("feature"), .init("value", .right), .init("records", .left, .wraps)])
    for feature in content.features {
      table.add([.init(feature.name), shown(feature.value), .init(records(feature.evidence))])
    }
    table.write(to: edge.output)
    return .done
  }

  private static func shown(_ value: JSONValue) -> Table.Cell {
    switch value {
    case .null: .init("not known", .dim)
    case .string(let text): .init(text)
    default: .init(value.canonical)
    }
  }

  /// A few records by name; the JSON form has them all.
  private static func records(_ evidence: [String]) -> String {
    let shown = evidence.prefix(3).joined(separator: ", ")
    return evidence.count > 3 ? shown + " and \(evidence.count - 3) more" : shown
  }

  private static func describe(_ content: DecisionContent) -> JSONValue {
    [
      "customer": .string(content.customer), "businessDate": .string(content.businessDate.description),
      "currency": content.currency.map { .string($0.code) } ?? .null,
      "ruleSet": .string(content.ruleSet.hexadecimal),
      "features": .array(
        content.features.map { feature in
          [
            "name": .string(feature.name), "value": feature.value,
            "evidence": .array(feature.evidence.map(JSONValue.string)),
          ]
        }),
    ]
  }
}
