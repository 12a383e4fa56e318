import Facts
public import Formats
public import Values

/// A plan as a file: canonical JSON whose last word is the digest of all the rest.
extension DebtPlan {
  /// The form of the file; a later program knows an earlier one by it.
  static let format = "bonitas-debt-plan/1"

  /// What the plan says, without the digest.
  private var statement: JSONObject {
    var json = JSONObject()
    json["format"] = .string(Self.format)
    json["businessDate"] = .string(businessDate.description)
    json["knownAt"] = .string(knownAt.description)
    json["readSequence"] = .number(Decimal(readSequence))
    json["ruleSet"] = .string(ruleSet.hexadecimal)
    json["cases"] = .number(Decimal(cases))
    json["actions"] = .array(actions.map(\.json))
    json["barred"] = .array(barred.map(\.json))
    return json
  }

  /// SHA-256 over what the plan says in canonical JSON.
  public var digest: Digest { SHA256.hash(JSONValue.object(statement).canonical) }

  /// The name of the run that does what the plan says: the same for the same plan, so that it is done once.
  public var run: String { "R-" + digest.hexadecimal.prefix(16) }

  /// The plan with its digest, as it stands in a file.
  public var json: JSONValue {
    var json = statement
    json["digest"] = .string(digest.hexadecimal)
    return .object(json)
  }

  /// Reads a plan's file.
  ///
  /// - Throws: `.notJSON`, `.notAPlan`, `.edited`.
  public init(_ bytes: [UInt8]) throws(DebtPlanError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader.parse(bytes, limits: JSONLimits(depth: 8, bytes: 256 << 20))
    } catch {
      throw .notJSON(error)
    }
    guard case .object(var statement) = json, statement["format"]?.stringValue == Self.format,
      let told = statement["digest"]?.stringValue
    else { throw .notAPlan }
    statement["digest"] = nil
    guard SHA256.hash(JSONValue.object(statement).canonical).hexadecimal == told else { throw .edited }
    guard let date = statement["businessDate"]?.stringValue.flatMap({ CivilDate($0) }),
      let knownAt = statement["knownAt"]?.stringValue.flatMap({ Instant($0) }),
      let sequence = statement["readSequence"]?.numberValue?.integer(),
      let ruleSet = statement["ruleSet"]?.stringValue.flatMap({ Digest(hexadecimal: $0) }),
      let cases = statement["cases"]?.numberValue?.integer(),
      let actions = statement["actions"]?.arrayValue, let barred = statement["barred"]?.arrayValue
    else { throw .notAPlan }
    self.init(
      businessDate: date, knownAt: knownAt, readSequence: sequence, ruleSet: ruleSet, cases: cases)
    for json in actions {
      guard let action = Action(json) else { throw .notAPlan }
      self.actions.append(action)
    }
    for json in barred {
      guard let barred = Barred(json) else { throw .notAPlan }
      self.barred.append(barred)
    }
  }
}

extension DebtPlan.Action {
  fileprivate var json: JSONValue {
    var json = JSONObject()
    json["customer"] = .string(customer)
    json["contract"] = contract.map(JSONValue.string)
    json["commodity"] = commodity.map { .string($0.rawValue) }
    json["jurisdiction"] = .string(jurisdiction.code)
    json["step"] = .string(step.rawValue)
    json["reason"] = .string(reason)
    json["invoices"] = .array(invoices.map(JSONValue.string))
    json["amount"] = .number(amount.amount)
    json["currency"] = .string(amount.currency.code)
    json["needsApproval"] = .bool(needsApproval)
    return .object(json)
  }

  fileprivate init?(_ json: JSONValue) {
    guard let customer = json["customer"]?.stringValue,
      let jurisdiction = json["jurisdiction"]?.stringValue.flatMap({ Jurisdiction($0) }),
      let step = json["step"]?.stringValue.flatMap(LadderStep.init(rawValue:)),
      let reason = json["reason"]?.stringValue,
      let invoices = json["invoices"]?.arrayValue?.compactMap(\.stringValue),
      let amount = json["amount"]?.numberValue,
      let currency = json["currency"]?.stringValue.flatMap({ Currency($0) }),
      let needsApproval = json["needsApproval"]?.boolValue
    else { return nil }
    self.init(
      customer: customer, contract: json["contract"]?.stringValue,
      commodity: json["commodity"]?.stringValue.flatMap(Contract.Commodity.init(rawValue:)),
      jurisdiction: jurisdiction, step: step, reason: reason, invoices: invoices,
      amount: Money(amount, currency), needsApproval: needsApproval)
  }
}

extension DebtPlan.Barred {
  fileprivate var json: JSONValue {
    var json = JSONObject()
    json["customer"] = .string(customer)
    json["contract"] = contract.map(JSONValue.string)
    json["step"] = .string(step.rawValue)
    json["bars"] = .array(bars.map(JSONValue.string))
    json["earliest"] = earliest.map { .string($0.description) }
    return .object(json)
  }

  fileprivate init?(_ json: JSONValue) {
    guard let customer = json["customer"]?.stringValue,
      let step = json["step"]?.stringValue.flatMap(LadderStep.init(rawValue:)),
      let bars = json["bars"]?.arrayValue?.compactMap(\.stringValue)
    else { return nil }
    self.init(
      customer: customer, contract: json["contract"]?.stringValue, step: step, bars: bars,
      earliest: json["earliest"]?.stringValue.flatMap { CivilDate($0) })
  }
}
