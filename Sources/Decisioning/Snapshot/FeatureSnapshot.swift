import FEEL
import Facts
import Formats
import Values

/// What the facts of a customer came to, kept so that a decision need not read them again.
///
/// It holds for one business date, and as long as no write has touched the customer since (`FactReader.lastChange`). A
/// decision that is made from it has the very bytes that the facts would have given: replay, which knows nothing of
/// snapshots, proves that.
public struct FeatureSnapshot: Sendable {
  /// The store's key of the customer.
  public let customerKey: Int
  /// The day that it holds for.
  public let businessDate: CivilDate
  /// The number of the last write that it could see.
  public let sequence: Int
  /// The first half of the decision; the evidence of its features lies in `encodedFeatures`.
  let assessment: Assessment
  /// What else of the situation depends on the customer and the day alone.
  let standing: Standing
  /// The features with their evidence, as a decision stores them.
  let encodedFeatures: [UInt8]
  /// What the rating model says of it, in its stored form; empty where that is found out with each decision.
  let rated: [UInt8]

  /// What a decision is asked about besides facts and order.
  struct Standing: Hashable, Sendable {
    var sources: LoadedSources
    var quarantinedRecords: Int
    var previous: PreviousRating?
  }

  /// Keeps an assessment; nil where it cannot be kept exactly.
  ///
  /// That is where the evaluation warned, or where a feature is of a type that JSON does not give back as it was.
  init?(
    _ assessment: Assessment, by ruleSet: RuleSet, customerKey: Int, businessDate: CivilDate, sequence: Int,
    standing: Standing
  ) {
    guard assessment.problems.isEmpty, assessment.values.allSatisfy(\.isPlain) else { return nil }
    self.customerKey = customerKey
    self.businessDate = businessDate
    self.sequence = sequence
    self.assessment = assessment
    self.standing = standing
    encodedFeatures = DecisionContent.encoded(assessment.features)
    rated = RatedSnapshot(assessment, standing, on: businessDate, ruleSet)?.bytes(ruleSet.layout) ?? []
  }

  /// The stored form of everything but the encoded features: a JSON array of eleven places.
  var basis: [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginArray()
    json.string(assessment.number)
    json.string(assessment.kind.rawValue)
    json.string(assessment.jurisdiction.code)
    json.text(assessment.currency?.code)
    json.bool(assessment.hasOtherCurrencies)
    json.texts(assessment.circumstances.map(\.rawValue).sorted())
    json.bool(standing.sources.arrearsRegister)
    json.bool(standing.sources.publicRegisters)
    json.number(standing.quarantinedRecords)
    json.previous(standing.previous)
    json.array(assessment.features) { $0.value($1.value) }
    json.endArray()
    return json.bytes
  }

  /// Reads the stored form, to decide from the features; nil where it is none of this rule set's.
  ///
  /// - Parameter names: the names of the features, in the order of the feature model.
  init?(
    customerKey: Int, businessDate: CivilDate, sequence: Int, basis: [UInt8], encodedFeatures: [UInt8],
    names: [String]
  ) {
    guard let places = (try? JSONReader.parse(basis))?.arrayValue, places.count == 11,
      let number = places[0].stringValue,
      let kind = places[1].stringValue.flatMap(Customer.Kind.init(rawValue:)),
      let jurisdiction = places[2].stringValue.flatMap({ Jurisdiction($0) }),
      let currency = places[3].optional({ $0.stringValue.flatMap { Currency($0) } }),
      let hasOtherCurrencies = places[4].boolValue,
      let circumstances = places[5].all({
        $0.stringValue.flatMap(LawProvision.Circumstance.init(rawValue:))
      }),
      let arrearsRegister = places[6].boolValue, let publicRegisters = places[7].boolValue,
      let quarantinedRecords = places[8].integerValue,
      let previous = places[9].optional(PreviousRating.init(stored:)),
      let features = places[10].arrayValue, features.count == names.count
    else { return nil }
    self.customerKey = customerKey
    self.businessDate = businessDate
    self.sequence = sequence
    self.encodedFeatures = encodedFeatures
    rated = []
    standing = Standing(
      sources: LoadedSources(arrearsRegister: arrearsRegister, publicRegisters: publicRegisters),
      quarantinedRecords: quarantinedRecords, previous: previous)
    var (values, known): ([Value], [FeatureValue]) = ([], [])
    values.reserveCapacity(features.count)
    known.reserveCapacity(features.count)
    for place in features.indices {
      values.append(Value(plain: features[place]))
      known.append(FeatureValue(name: names[place], value: features[place], evidence: []))
    }
    assessment = Assessment(
      number: number, kind: kind, jurisdiction: jurisdiction, currency: currency,
      hasOtherCurrencies: hasOtherCurrencies, circumstances: Set(circumstances),
      values: values, features: known, problems: [])
  }
}

extension Value {
  /// Whether JSON gives the value back as it is.
  fileprivate var isPlain: Bool {
    switch self {
    case .null, .boolean, .number, .string: true
    case .list(let items): items.allSatisfy(\.isPlain)
    default: false
    }
  }

  /// The value that `json` was made of, for values that are plain.
  fileprivate init(plain json: JSONValue) {
    switch json {
    case .null, .object: self = .null
    case .bool(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map(Value.init(plain:)))
    }
  }
}
