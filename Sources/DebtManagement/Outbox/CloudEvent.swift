import Facts
import Formats
import Values

/// An effect as it leaves: one CloudEvent 1.0 in structured JSON, the same bytes whenever it is sent.
public struct CloudEvent: Hashable, Sendable {
  /// The id of the effect, by which a receiver knows a repetition.
  public let id: String
  /// Canonical JSON.
  public let body: [UInt8]

  /// The event of an effect.
  ///
  /// - Parameters:
  ///   - customer: the customer's number.
  ///   - source: who sends, as a URI reference.
  init(_ stored: StoredEffect, customer: String, source: String) {
    let effect = stored.effect
    id = effect.id
    var data = JSONObject()
    data["customer"] = .string(customer)
    data["contract"] = effect.contract.map(JSONValue.string)
    data["commodity"] = effect.commodity.map { .string($0.rawValue) }
    data["step"] = .string(effect.step.word)
    data["invoices"] = .array(effect.invoices.map(JSONValue.string))
    var amount = effect.amount.json
    amount["total"] = .number(effect.amount.total)
    data["amount"] = .object(amount)
    switch effect.kind {
    case .letter(let notice):
      data["notice"] = .string(notice.type.rawValue)
      data["channel"] = .string(notice.channel.rawValue)
      data["addressKind"] = .string(notice.addressKind.rawValue)
      data["language"] = .string(notice.language.rawValue)
      data["deadline"] = notice.deadline.map { .string($0.description) }
      data["subject"] = .string(notice.letter.subject)
      data["text"] = .string(notice.letter.text)
      data["template"] = .string(notice.letter.template)
      data["contentHash"] = .string(notice.letter.contentHash.hexadecimal)
    case .operatorRequest(let request):
      data["deliveryPoint"] = request.deliveryPoint.map(JSONValue.string)
      data["earliest"] = request.earliest.map { .string($0.description) }
      data["concerning"] = request.concerning.map(JSONValue.string)
      if request.isWrongful { data["wrongful"] = true }
      // As a text, so that the receiver has the very bytes that the checker verifies.
      data["certificate"] = request.certificate.map { .string(String(decoding: $0, as: UTF8.self)) }
    }
    let line = effect.contract ?? customer
    var event = JSONObject()
    event["specversion"] = "1.0"
    event["id"] = .string(effect.id)
    event["source"] = .string(source)
    event["type"] = .string(Self.type(effect))
    event["subject"] = .string(line)
    event["time"] = .string(stored.at.description)
    event["datacontenttype"] = "application/json"
    // Extensions "partitioning" and "sequence" of CloudEvents: events of one key are to be taken in this order.
    event["partitionkey"] = .string(line)
    event["sequence"] = .string(Self.padded(stored.number))
    event["data"] = .object(data)
    body = JSONValue.object(event).canonicalBytes
  }

  private static func type(_ effect: Effect) -> String {
    switch effect.kind {
    case .letter(let notice): "bonitas.letter.\(notice.type.rawValue)"
    case .operatorRequest: "bonitas.request.\(effect.step.word)"
    }
  }

  /// Digits that compare as texts as the numbers do.
  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
  }
}

extension LadderStep {
  /// The step in one word: `disconnectionRequest`.
  var word: String {
    let parts = rawValue.split(separator: " ")
    return (parts.first.map(String.init) ?? "")
      + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
