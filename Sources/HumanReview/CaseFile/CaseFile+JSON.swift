import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import Values

extension CaseFile {
  /// The file for machines: the case, whom it concerns, and the sections that are asked for.
  public func json(_ sections: Set<CaseSection>) throws(CaseFileError) -> JSONValue {
    var json = JSONObject()
    json["case"] = reviewCase.json(on: today)
    json["customer"] = customer?.json ?? .null
    json["erasedAt"] = erasedAt.map { .string($0.description) } ?? .null
    json["suspendedBy"] = suspendedBy.map { .string($0.description) } ?? .null
    if sections.contains(.decision) { json["decision"] = explanation?.json ?? .null }
    if sections.contains(.features) { json["features"] = .array(features.map(\.json)) }
    if sections.contains(.changes) {
      json["changes"] = changes?.json ?? .null
      json["news"] = .array(
        news.map { ["change": .string($0.change.rawValue), "record": $0.record.json] })
    }
    if sections.contains(.counterfactuals) {
      json["counterfactuals"] = try counterfactuals()?.found.json ?? .null
    }
    if sections.contains(.timeline) {
      json["timeline"] = .array(timeline.map(\.json))
      json["balance"] =
        ledger.map {
          [
            "currency": .string($0.currency.code), "outstanding": .number($0.outstanding),
            "overdue": .number($0.overdue), "disputed": .number($0.disputed), "credit": .number($0.credit),
          ]
        } ?? .null
    }
    if sections.contains(.history) {
      json["openDisputes"] = .array(
        openDisputes.map {
          [
            "record": .string($0.record), "invoice": .string($0.invoice),
            "opened": .string($0.opened.description), "amount": $0.amount.map(JSONValue.string) ?? .null,
          ]
        })
      json["otherCases"] = .array(otherCases.map(\.json))
      json["events"] = .array(events.map(\.json))
    }
    if sections.contains(.attachments) { json["attachments"] = .array(attachments.map(\.json)) }
    if sections.contains(.quarantine) {
      json["quarantine"] = .array(
        quarantine.map {
          [
            "number": .number(Decimal($0.key)), "file": $0.file.map(JSONValue.string) ?? .null,
            "line": .number(Decimal($0.rejection.line)), "rule": .string($0.rejection.rule),
            "hint": .string($0.rejection.hint), "raw": .string($0.rejection.raw),
            "state": .string($0.state.rawValue),
          ]
        })
    }
    return .object(json)
  }
}

extension ReviewCase {
  /// The case for machines, as it stands on a day.
  public func json(on today: CivilDate) -> JSONValue {
    var json = JSONObject()
    json["case"] = .string(id.description)
    json["kind"] = .string(id.kind.rawValue)
    json["state"] = .string(state.rawValue)
    json["version"] = .number(Decimal(version))
    json["customer"] = customer.map(JSONValue.string) ?? .null
    json["name"] = name.map(JSONValue.string) ?? .null
    json["decision"] = decision.map { .string($0.description) } ?? .null
    json["reason"] = .string(reason)
    json["priority"] = .number(Decimal(priority))
    json["openedAt"] = .string(openedAt.description)
    json["due"] = .string(due.description)
    json["daysLeft"] = .number(Decimal(today.days(until: due)))
    json["isOverdue"] = .bool(isOverdue(on: today))
    json["isEscalated"] = .bool(isEscalated)
    json["holder"] = holder.map(JSONValue.string) ?? .null
    json["leaseUntil"] = leaseUntil.map { .string($0.description) } ?? .null
    json["snoozedUntil"] = snoozedUntil.map { .string($0.description) } ?? .null
    json["proposal"] =
      proposal.map {
        [
          "judgement": $0.judgement.json, "at": .string($0.at.description),
          "needs": .array($0.needs.map(JSONValue.string)),
        ]
      } ?? .null
    json["closing"] =
      closing.map {
        [
          "kind": .string($0.kind.rawValue), "by": .string($0.by),
          "approver": $0.approver.map(JSONValue.string) ?? .null, "at": .string($0.at.description),
          "decision": $0.decision.map { .string($0.description) } ?? .null,
        ]
      } ?? .null
    return .object(json)
  }
}

extension ReviewEvent {
  /// The event for machines.
  public var json: JSONValue {
    [
      "number": .number(Decimal(number)), "case": .string(caseID.description), "kind": .string(kind.rawValue),
      "actor": .string(actor), "at": .string(at.description), "about": .object(about),
    ]
  }
}

extension Evidence {
  /// The attachment for machines, without the bytes of its file.
  public var json: JSONValue {
    [
      "attachment": .string(id.description), "kind": .string(kind),
      "address": address.map(JSONValue.string) ?? .null,
      "date": date.map { .string($0.description) } ?? .null,
      "note": note.map(JSONValue.string) ?? .null, "file": file.map { .string($0.name) } ?? .null,
      "size": file.map { .number(Decimal($0.size)) } ?? .null,
      "sha256": file.map { .string($0.digest.hexadecimal) } ?? .null, "actor": .string(actor),
      "at": .string(at.description),
    ]
  }
}

extension Customer {
  /// Whom the case concerns, for machines.
  fileprivate var json: JSONValue {
    [
      "customer": .string(number), "name": name.map(JSONValue.string) ?? .null,
      "kind": .string(kind.rawValue),
      "jurisdiction": .string(jurisdiction.code), "language": language.map { .string($0.rawValue) } ?? .null,
      "customerSince": .string(customerSince.description),
      "identifier": identifier.map { .string($0.code) } ?? .null,
      "address": address.map(JSONValue.string) ?? .null,
    ]
  }
}
