import Facts
import Formats
import Values

extension Certificate {
  /// Everything but the digest.
  static func json(_ report: SafeguardReport) -> JSONValue {
    .members([
      "format": .string(format),
      "request": report.request.json,
      "claim": report.claim?.json,
      "earliest": report.earliest.map { .text($0) },
      "invoices": .array(report.bills.map(\.json)),
      "limits": report.limits.json,
      "noticesSent": .number(Decimal(report.noticesSent)),
      "notices": .array(report.notices.map(\.json)),
      "circumstances": .array(report.circumstances.map(\.json)),
      "clocks": .array(report.clocks.map(\.json)),
      "bars": .array(report.bars.map(\.json)),
      "holidays": report.holidays?.json,
      "law": .members([
        "jurisdiction": report.claim.map { .text($0.jurisdiction) }, "version": .text(report.lawVersion),
        "entries": .array(report.law.map(\.json)),
      ]),
    ])
  }
}

extension RestrictionRequest {
  fileprivate var json: JSONValue {
    .members([
      "id": .string(id), "tool": .string(tool.rawValue), "customer": .string(customer),
      "contract": .string(contract), "invoices": .texts(invoices), "on": .text(on),
      "currency": .string(amount.currency.code), "principal": .number(amount.amount),
      "interest": .number(interest), "penalty": .number(penalty), "costs": .number(costs),
    ])
  }
}

extension ClaimSubject {
  fileprivate var json: JSONValue {
    .members([
      "jurisdiction": .string(jurisdiction.code), "claimant": .string(claimant.rawValue),
      "commodity": .string(commodity.rawValue), "customer": .string(customerType.rawValue),
    ])
  }
}

extension ClaimBill {
  fileprivate var json: JSONValue {
    .members([
      "id": .string(id), "issued": .text(issued), "due": .text(due), "subject": .string(subject.rawValue),
      "billed": .number(billed), "outstanding": .number(outstanding),
      "settlements": .array(
        settlements.map {
          .members(["record": .string($0.record), "date": .text($0.date), "amount": .number($0.amount)])
        }),
    ])
  }
}

extension ClaimLimits {
  fileprivate var json: JSONValue {
    .members([
      "billed": .number(billed), "outstanding": .number(outstanding),
      "interest": interest.map { .number($0) },
      "penalty": penalty.map { .number($0) }, "costs": costs.map { .number($0) },
    ])
  }
}

extension NoticeEvidence {
  fileprivate var json: JSONValue {
    .members([
      "record": .string(record), "type": .string(type.rawValue), "invoice": invoice.map { .string($0) },
      "contentHash": contentHash.map { .text($0) }, "template": template.map { .string($0) },
      "channel": .string(channel.rawValue), "address": address.map { .string($0.rawValue) },
      "sent": .text(sent),
      "received": received.map { .text($0) }, "deadline": deadline.map { .text($0) },
      "amounts": split.map {
        .members([
          "principal": .number($0.principal), "interest": .number($0.interest),
          "penalty": .number($0.penalty),
          "costs": .number($0.costs), "total": .number($0.total),
        ])
      },
      "proof": proof.map {
        .members([
          "record": .string($0.record), "event": .string($0.event.rawValue), "date": .text($0.date),
          "reference": $0.reference.map { .string($0) },
        ])
      },
    ])
  }
}

extension CircumstanceFinding {
  fileprivate var json: JSONValue {
    .members([
      "circumstance": .string(circumstance.rawValue), "holds": .bool(holds), "evidence": .texts(evidence),
    ])
  }
}

extension ClockFinding {
  fileprivate var json: JSONValue {
    .members([
      "rule": .string(rule), "kind": .string(kind.rawValue), "invoices": .texts(invoices),
      "notice": notice.map { .string($0) }, "start": .string(start.rawValue),
      "startDay": startDay.map { .text($0) }, "days": .number(Decimal(count.days)),
      "unit": .string(count.unit.rawValue), "counting": .string(count.counting.rawValue),
      "season": season.map { .members(["from": .text($0.from), "until": .text($0.until)]) },
      "earliest": earliest.map { .text($0) }, "evidence": .texts(evidence),
    ])
  }
}

extension BarFinding {
  fileprivate var json: JSONValue {
    .members([
      "code": .string(code.rawValue), "rule": .string(rule), "stands": .bool(stands),
      "evidence": .texts(evidence),
    ])
  }
}

extension SafeguardReport.HolidaySpan {
  fileprivate var json: JSONValue {
    .members(["from": .text(from), "until": .text(until), "days": .array(days.map { .text($0) })])
  }
}
