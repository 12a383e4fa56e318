import Facts
import Formats
import Values

/// How an effect lies in its row: what is no column of its own is canonical JSON.
extension Effect {
  /// The amounts, the invoices, and what is known of the letter or request besides its bytes.
  var about: JSONObject {
    var about = JSONObject()
    about["amount"] = .object(amount.json)
    about["invoices"] = .array(invoices.map(JSONValue.string))
    switch kind {
    case .letter(let notice):
      about["notice"] = .string(notice.type.rawValue)
      about["channel"] = .string(notice.channel.rawValue)
      about["addressKind"] = .string(notice.addressKind.rawValue)
      about["language"] = .string(notice.language.rawValue)
      about["deadline"] = notice.deadline.map { .string($0.description) }
      about["subject"] = .string(notice.letter.subject)
      about["template"] = .string(notice.letter.template)
    case .operatorRequest(let request):
      about["deliveryPoint"] = request.deliveryPoint.map(JSONValue.string)
      about["earliest"] = request.earliest.map { .string($0.description) }
      about["concerning"] = request.concerning.map(JSONValue.string)
      if request.isWrongful { about["wrongful"] = true }
    }
    return about
  }

  /// The text of a letter.
  var content: [UInt8]? {
    if case .letter(let notice) = kind { Array(notice.letter.text.utf8) } else { nil }
  }

  /// The certificate of a request.
  var certificate: [UInt8]? {
    if case .operatorRequest(let request) = kind { request.certificate } else { nil }
  }

  /// Reads a row; nil for what this program did not write.
  init?(
    run: String, customerKey: Int, contract: String?, commodity: String?, step: String, about: String,
    content: [UInt8]?, certificate: [UInt8]?
  ) {
    guard let step = LadderStep(rawValue: step), let json = try? JSONReader.parse(about),
      let amount = json["amount"].flatMap(ClaimAmount.init(json:)),
      let invoices = json["invoices"]?.arrayValue?.compactMap(\.stringValue)
    else { return nil }
    var supplied: Contract.Commodity?
    if let commodity {
      guard let known = Contract.Commodity(rawValue: commodity) else { return nil }
      supplied = known
    }
    let kind: Kind
    if let content {
      guard let notice = Notice(json, text: content) else { return nil }
      kind = .letter(notice)
    } else {
      kind = .operatorRequest(
        OperatorRequest(
          deliveryPoint: json["deliveryPoint"]?.stringValue,
          earliest: json["earliest"]?.stringValue.flatMap { CivilDate($0) },
          concerning: json["concerning"]?.stringValue, certificate: certificate,
          isWrongful: json["wrongful"]?.boolValue ?? false))
    }
    self.init(
      run: run, customerKey: customerKey, contract: contract, commodity: supplied, step: step, kind: kind,
      amount: amount, invoices: invoices)
  }
}

extension Effect.Notice {
  fileprivate init?(_ json: JSONValue, text: [UInt8]) {
    guard let type = json["notice"]?.stringValue.flatMap(DebtNotice.NoticeType.init),
      let channel = json["channel"]?.stringValue.flatMap(DebtNotice.Channel.init),
      let addressKind = json["addressKind"]?.stringValue.flatMap(DebtNotice.AddressKind.init),
      let language = json["language"]?.stringValue.flatMap(Customer.Language.init),
      let subject = json["subject"]?.stringValue, let template = json["template"]?.stringValue
    else { return nil }
    self.init(
      type: type, channel: channel, addressKind: addressKind, language: language,
      deadline: json["deadline"]?.stringValue.flatMap { CivilDate($0) },
      letter: Letter(subject: subject, text: String(decoding: text, as: UTF8.self), template: template))
  }
}

extension ClaimAmount {
  /// The parts as exact numbers, with the currency.
  var json: JSONObject {
    var json = JSONObject()
    json["principal"] = .number(principal)
    json["interest"] = .number(interest)
    json["penalty"] = .number(penalty)
    json["costs"] = .number(costs)
    json["currency"] = .string(currency.code)
    return json
  }

  fileprivate init?(json: JSONValue) {
    guard let principal = json["principal"]?.numberValue, let interest = json["interest"]?.numberValue,
      let penalty = json["penalty"]?.numberValue, let costs = json["costs"]?.numberValue,
      let currency = json["currency"]?.stringValue.flatMap({ Currency($0) })
    else { return nil }
    self.init(principal: principal, interest: interest, penalty: penalty, costs: costs, currency: currency)
  }
}
