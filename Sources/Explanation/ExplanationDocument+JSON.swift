import Decisioning
import Facts
import Formats
import Values

extension ExplanationDocument {
  /// The document for machines: the same sentences with the codes and numbers behind them.
  public var json: JSONValue { audience == .customer ? plainJSON : fullJSON }

  /// What stands first for every audience.
  private var heading: JSONObject {
    var json = JSONObject()
    json["decision"] = .string(decision.id.description)
    json["customer"] = .string(decision.content.customer)
    json["language"] = .string(language.rawValue)
    json["audience"] = .string(audience.rawValue)
    json["businessDate"] = .string(decision.content.businessDate.description)
    return json
  }

  /// The sentences alone: what the customer reads.
  private var plainJSON: JSONValue {
    let content = decision.content
    let characteristics = lines.map { line -> JSONValue in
      [
        "name": .string(line.characteristic), "text": .string(line.value), "points": .string(line.points),
        "best": .string(line.best),
      ]
    }
    var json = heading
    json["outcomeText"] = .string(outcome)
    json["rating"] = content.rating.map(JSONValue.string) ?? .null
    json["score"] = content.score.map(JSONValue.number) ?? .null
    json["bestScore"] = .number(content.bestScore)
    json["reasons"] = .array(reasons.map { .string($0.sentence) })
    json["characteristics"] = .array(characteristics)
    json["sections"] = .array(sections.map(\.json))
    return .object(json)
  }

  private var fullJSON: JSONValue {
    let content = decision.content
    let features = Dictionary(content.features.map { ($0.name, $0) }) { first, _ in first }
    let reasons = self.reasons.map { reason -> JSONValue in
      [
        "code": .string(reason.code), "sentence": .string(reason.sentence),
        "loss": reason.loss.map(JSONValue.number) ?? .null, "node": .string(reason.node),
      ]
    }
    let characteristics = zip(content.characteristics, lines).map { scored, line -> JSONValue in
      let feature = features[scored.name]
      return [
        "id": .string(scored.name), "name": .string(line.characteristic),
        "value": feature?.value ?? .null, "text": .string(line.value),
        "points": .number(scored.points), "best": .number(scored.best),
        "reason": .string(scored.reason), "rule": .string(scored.rule),
        "evidence": .array((feature?.evidence ?? []).map(JSONValue.string)),
      ]
    }
    let problems = content.problems.map { problem -> JSONValue in
      [
        "model": .string(problem.model), "decision": .string(problem.decision), "code": .string(problem.code),
        "message": .string(problem.message),
      ]
    }
    var json = heading
    json["knownAt"] = .string(decision.knownAt.description)
    json["ruleSet"] = .string(content.ruleSet.hexadecimal)
    json["currency"] = content.currency.map { .string($0.code) } ?? .null
    json["kind"] = .string(decision.kind.rawValue)
    json["purpose"] = .string(decision.purpose.rawValue)
    json["legalBasis"] = .array(decision.legalBasis.map(JSONValue.string))
    json["supersedes"] = decision.supersedes.map { .string($0.description) } ?? .null
    json["order"] = content.order?.json ?? .null
    json["proposal"] = content.proposal?.json
    json["previous"] = content.previous?.json ?? .null
    json["validUntil"] = content.validUntil.map { .string($0.description) } ?? .null
    json["bars"] = .array(content.bars.map(\.json))
    json["outcome"] = .string(content.outcome.rawValue)
    json["outcomeText"] = .string(outcome)
    json["rating"] = content.rating.map(JSONValue.string) ?? .null
    json["score"] = content.score.map(JSONValue.number) ?? .null
    json["bestScore"] = .number(content.bestScore)
    json["reasons"] = .array(reasons)
    json["characteristics"] = .array(characteristics)
    json["knockOuts"] = .array(
      content.knockOuts.map {
        [
          "reason": .string($0.reason), "outcome": .string($0.outcome.rawValue),
          "rule": $0.rule.map(JSONValue.string) ?? .null,
        ]
      })
    json["matchedRules"] = .array(
      content.matchedRules.map {
        ["decision": .string($0.decision), "rules": .array($0.rules.map(JSONValue.string))]
      })
    json["problems"] = .array(problems)
    json["counterfactuals"] = counterfactuals?.json ?? .null
    json["sentences"] = .array(
      sections.flatMap(\.sentences).map { ["text": .string($0.text), "node": .string($0.node)] })
    if audience == .auditor {
      json["record"] = record
      json["provenance"] = .array(provenance)
    }
    json["closing"] = .array(closing.map(JSONValue.string))
    return .object(json)
  }

  private var record: JSONValue {
    [
      "contentHash": .string(decision.contentHash.hexadecimal),
      "engine": .string(decision.content.engine), "sequence": .number(Decimal(decision.sequence)),
      "readSequence": .number(Decimal(decision.readSequence)),
      "recordedAt": .string(decision.recordedAt.description), "actor": .string(decision.actor),
    ]
  }

  /// Where each record of the evidence came from; null for one that is no longer kept.
  private var provenance: [JSONValue] {
    Self.evidence(of: decision.content, origins).map { record, origin in
      guard let provenance = origin?.provenance else { return ["record": .string(record), "source": .null] }
      return [
        "record": .string(record), "source": .string(provenance.source),
        "file": provenance.file.map(JSONValue.string) ?? .null,
        "line": provenance.line.map { .number(Decimal($0)) } ?? .null,
        "knownFrom": .string(provenance.knownFrom.description),
        "sequence": .number(Decimal(provenance.sequence)),
        "contentHash": .string(provenance.contentHash.hexadecimal),
      ]
    }
  }
}

extension ExplanationSection {
  fileprivate var json: JSONValue {
    switch body {
    case .paragraphs(let sentences):
      return ["heading": .string(heading), "paragraphs": .array(sentences.map { .string($0.text) })]
    case .table(let columns, let rows):
      return [
        "heading": .string(heading), "columns": .array(columns.map(JSONValue.string)),
        "rows": .array(rows.map { .array($0.map(JSONValue.string)) }),
      ]
    }
  }
}
