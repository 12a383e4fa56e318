import Facts
public import Formats
import Values

extension ReportingDecision {
  /// The decision for machines, and as it is kept; what is nil is absent.
  public var json: JSONObject {
    var json = JSONObject()
    json["customer"] = .string(customer)
    json["contract"] = contract.map(JSONValue.string)
    json["businessDate"] = .string(day.description)
    json["duty"] = .string(duty.rawValue)
    json["mayReport"] = .bool(mayReport)
    json["since"] = since.map { .string($0.description) }
    json["firstDelay"] = firstDelay.map { .string($0.description) }
    json["amount"] = .number(amount.amount)
    json["currency"] = .string(amount.currency.code)
    json["invoices"] = .array(invoices.map(JSONValue.string))
    json["objected"] = .bool(isObjected)
    json["reportedOn"] = last.map { .string($0.on.description) }
    json["reportedAmount"] = last.map { .number($0.amount) }
    json["refreshBy"] = refreshBy.map { .string($0.description) }
    json["correctBy"] = correctBy.map { .string($0.description) }
    json["until"] = until.map { .string($0.description) }
    json["reasons"] = .array(reasons.map { .string($0.rawValue) })
    json["rules"] = .array(rules.map(JSONValue.string))
    return json
  }
}
