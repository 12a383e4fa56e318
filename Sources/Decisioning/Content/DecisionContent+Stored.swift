import Facts
import Formats
import Values

/// The stored form of a content: a JSON array of 18 places without white space, with values coded by the layout.
///
/// A 19th place follows where a person's judgement applies, a 20th where a step of debt management is proposed (the 19th
/// is null where there is no judgement then); so a decision without either has the bytes it always had.
///
/// ```
/// ["2", rule set, customer, business date, currency, order, previous, given, records, features, evidence, values,
///  knock-outs, matched rules, problems, bars, outcome, valid until(, judgement(, proposal))]
/// ```
/// `records` names each record of the evidence once, grouped by kind; `evidence` counts into it. Matched rules are
/// places in their tables; points, reasons and names follow from the layout. docs/decision-record.md tells it in full.
extension DecisionContent {
  private static let places = 18

  /// The stored bytes; equal contents give equal bytes.
  ///
  /// - Parameter encodedFeatures: records, features and evidence as `encoded(_:)` made them, where they are at hand: they
  ///   are then not looked at in the content.
  public func bytes(_ layout: RecordLayout, encodedFeatures: [UInt8]? = nil) -> [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginArray()
    json.string(engine)
    json.string(ruleSet)
    writeSubject(&json)
    json.order(order)
    writeGiven(&json)
    json.raw((encodedFeatures ?? Self.encoded(features))[...])
    writeAnswer(&json, layout)
    Self.writeBars(bars, &json)
    json.string(outcome.rawValue)
    json.text(validUntil?.description)
    if let judgement { json.judgement(judgement) } else if proposal != nil { json.null() }
    if let proposal { json.proposal(proposal) }
    json.endArray()
    return json.take()
  }

  /// The stored bytes, put together of pieces that were written before, where nobody's judgement had any part in it.
  static func bytes(
    _ ruleSet: Digest, subject: ArraySlice<UInt8>, _ order: Order?, given: ArraySlice<UInt8>,
    features: ArraySlice<UInt8>, answer: ArraySlice<UInt8>, _ bars: [OrderBar], _ outcome: Outcome,
    _ validUntil: CivilDate?
  ) -> [UInt8] {
    var json = JSONWriter(
      capacity: 320 + subject.count + given.count + features.count + answer.count)
    json.beginArray()
    json.string(engineVersion)
    json.string(ruleSet)
    json.raw(subject)
    json.order(order)
    json.raw(given)
    json.raw(features)
    json.raw(answer)
    writeBars(bars, &json)
    json.string(outcome.rawValue)
    json.text(validUntil?.description)
    json.endArray()
    return json.take()
  }

  /// The places for customer, business date and currency.
  var subjectPlaces: [UInt8] {
    var json = JSONWriter.part()
    writeSubject(&json)
    return json.take()
  }

  /// The places for the rating that stood before and what the pipeline gives.
  var givenPlaces: [UInt8] {
    var json = JSONWriter.part()
    writeGiven(&json)
    return json.take()
  }

  /// The places from the values to the problems.
  func answerPlaces(_ layout: RecordLayout) -> [UInt8] {
    var json = JSONWriter.part()
    writeAnswer(&json, layout)
    return json.take()
  }

  private func writeSubject(_ json: inout JSONWriter) {
    json.string(customer)
    json.string(businessDate.description)
    json.text(currency?.code)
  }

  private func writeGiven(_ json: inout JSONWriter) {
    json.previous(previous)
    json.array(given) { $0.value($1.value) }
  }

  private func writeAnswer(_ json: inout JSONWriter, _ layout: RecordLayout) {
    json.array(values) { $0.value($1.value) }
    json.array(knockOuts) { json, knockOut in
      json.beginArray()
      json.string(knockOut.outcome.rawValue)
      json.string(knockOut.reason)
      json.text(knockOut.rule)
      json.endArray()
    }
    writeMatchedRules(&json, layout)
    json.array(problems) { json, problem in
      json.texts([problem.model, problem.decision, problem.code, problem.message])
    }
  }

  private static func writeBars(_ bars: [OrderBar], _ json: inout JSONWriter) {
    json.array(bars) { json, bar in
      json.texts([bar.provision, bar.barred.rawValue, bar.instead.rawValue])
    }
  }

  /// The places `records`, `features` and `evidence` with commas between them.
  static func encoded(_ features: [FeatureValue]) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    // Features share records: each is looked up once a mention, and told by its number from then on.
    var numbers: [String: Int] = [:]
    var records: [(text: String, kind: Int, name: String.Index)] = []
    var kinds: [Substring] = []
    var mentions: [Int] = []
    for feature in features {
      for record in feature.evidence {
        if let number = numbers[record] {
          mentions.append(number)
          continue
        }
        let colon = record.utf8.firstIndex(of: UInt8(ascii: ":")) ?? record.endIndex
        let kind = record[..<colon]
        let place = kinds.firstIndex(of: kind) ?? kinds.count
        if place == kinds.count { kinds.append(kind) }
        numbers[record] = records.count
        mentions.append(records.count)
        let name = colon == record.endIndex ? colon : record.utf8.index(after: colon)
        records.append((record, place, name))
      }
    }
    // The stored form groups them by kind and counts in that order.
    var places = [Int](repeating: 0, count: records.count)
    var count = 0
    json.beginArray()
    for kind in kinds.indices {
      json.beginArray()
      json.string(String(kinds[kind]))
      for place in records.indices where records[place].kind == kind {
        places[place] = count
        count += 1
        json.string(String(records[place].text[records[place].name...]))
      }
      json.endArray()
    }
    json.endArray()
    json.comma()
    json.array(features) { $0.value($1.value) }
    json.comma()
    var mention = 0
    json.array(features) { json, feature in
      json.array(feature.evidence) { json, _ in
        json.number(places[mentions[mention]])
        mention += 1
      }
    }
    return json.take()
  }

  private func writeMatchedRules(_ json: inout JSONWriter, _ layout: RecordLayout) {
    json.beginArray()
    for place in layout.tables.indices {
      let decision = layout.tables[place].decision
      // They mostly stand in the order of the layout.
      let isInPlace = matchedRules.indices.contains(place) && matchedRules[place].decision == decision
      if isInPlace, matchedRules[place].isOfTable, ruleSet == layout.ruleSet {
        json.array(matchedRules[place].places) { $0.number($1) }
        continue
      }
      let matched = isInPlace ? matchedRules[place] : matchedRules.first { $0.decision == decision }
      json.array(matched?.rules ?? []) { $0.number(layout.places[place][$1] ?? -1) }
    }
    json.endArray()
  }

  /// The content as stored; nil where the bytes are not a content of this layout.
  public init?(bytes: [UInt8], layout: RecordLayout) {
    guard let places = (try? JSONReader.parse(bytes))?.arrayValue,
      (Self.places...Self.places + 2).contains(places.count),
      let engine = places[0].stringValue,
      let ruleSet = places[1].stringValue.flatMap({ Digest(hexadecimal: $0) }), ruleSet == layout.ruleSet,
      let customer = places[2].stringValue,
      let businessDate = places[3].stringValue.flatMap({ CivilDate($0) }),
      let currency = places[4].optional({ $0.stringValue.flatMap { Currency($0) } }),
      let order = places[5].optional(Order.init(stored:)),
      let previous = places[6].optional(PreviousRating.init(stored:)),
      let given = places[7].arrayValue, given.count == layout.given.count,
      let records = Self.records(places[8]),
      let features = places[9].arrayValue, features.count == layout.features.count,
      let evidence = places[10].all({ $0.all(\.integerValue) }), evidence.count == features.count,
      evidence.joined().allSatisfy(records.indices.contains),
      let values = places[11].arrayValue, values.count == layout.decisions.count,
      let knockOuts = places[12].all(KnockOut.init(stored:)),
      let matched = places[13].all({ $0.all(\.integerValue) }), matched.count == layout.tables.count,
      let problems = places[14].all(EvaluationProblem.init(stored:)),
      let bars = places[15].all(OrderBar.init(stored:)),
      let outcome = places[16].stringValue.flatMap(Outcome.init(rawValue:)),
      let validUntil = places[17].optional({ $0.stringValue.flatMap { CivilDate($0) } })
    else { return nil }
    var judgement: AppliedJudgement?
    if places.count > Self.places {
      guard let stored = places[Self.places].optional(AppliedJudgement.init(stored:)) else { return nil }
      judgement = stored
    }
    var proposal: ServiceProposal?
    if places.count > Self.places + 1 {
      guard let stored = ServiceProposal(stored: places[Self.places + 1]) else { return nil }
      proposal = stored
    } else if places.count > Self.places, judgement == nil {
      return nil
    }
    var matchedRules: [MatchedRules] = []
    var characteristics: [ScoredCharacteristic] = []
    for (table, rules) in zip(layout.tables, matched) {
      guard rules.allSatisfy(table.rules.indices.contains) else { return nil }
      matchedRules.append(MatchedRules(table, places: rules[...]))
      if table.decision == PolicyName.score {
        guard let scored = layout.scored(rules) else { return nil }
        characteristics = scored
      }
    }
    self.init(
      customer: customer, businessDate: businessDate, currency: currency, ruleSet: ruleSet, engine: engine,
      order: order, previous: previous, given: zip(layout.given, given).map(DecidedValue.init),
      features: zip(layout.features, zip(features, evidence)).map { name, feature in
        FeatureValue(name: name, value: feature.0, evidence: feature.1.map { records[$0] })
      },
      values: zip(layout.decisions, values).map(DecidedValue.init), knockOuts: knockOuts,
      characteristics: characteristics, matchedRules: matchedRules, problems: problems, bars: bars,
      outcome: outcome, validUntil: validUntil, judgement: judgement, proposal: proposal)
  }

  /// The records of the evidence in the order in which it counts them.
  private static func records(_ json: JSONValue) -> [String]? {
    json.all { group -> [String]? in
      guard let names = group.all(\.stringValue), let kind = names.first else { return nil }
      return names.dropFirst().map { "\(kind):\($0)" }
    }.map { Array($0.joined()) }
  }
}

extension Order {
  fileprivate init?(stored: JSONValue) {
    guard let places = stored.arrayValue, places.count == 7,
      let reference = places[0].stringValue, let product = places[1].stringValue,
      let commodity = places[2].stringValue.flatMap(Contract.Commodity.init(rawValue:)),
      let jurisdiction = places[3].stringValue.flatMap({ Jurisdiction($0) }),
      let deliveryPoint = places[6].optional(\.stringValue)
    else { return nil }
    var amount: Money?
    if let value = places[4].numberValue, let currency = places[5].stringValue.flatMap({ Currency($0) }) {
      amount = Money(value, currency)
    }
    self.init(
      reference: reference, product: product, commodity: commodity, jurisdiction: jurisdiction,
      expectedMonthlyAmount: amount, deliveryPoint: deliveryPoint)
  }
}

extension PreviousRating {
  init?(stored: JSONValue) {
    guard let places = stored.arrayValue, places.count == 3, let rating = places[0].stringValue,
      let since = places[1].stringValue.flatMap({ CivilDate($0) }),
      let downgradedOn = places[2].optional({ $0.stringValue.flatMap { CivilDate($0) } })
    else { return nil }
    self.init(rating: rating, since: since, downgradedOn: downgradedOn)
  }
}

extension KnockOut {
  fileprivate init?(stored: JSONValue) {
    guard let places = stored.arrayValue, places.count == 3,
      let outcome = places[0].stringValue.flatMap(Outcome.init(rawValue:)),
      let reason = places[1].stringValue, let rule = places[2].optional(\.stringValue)
    else { return nil }
    self.init(outcome: outcome, reason: reason, rule: rule)
  }
}

extension EvaluationProblem {
  fileprivate init?(stored: JSONValue) {
    guard let texts = stored.all(\.stringValue), texts.count == 4 else { return nil }
    self.init(model: texts[0], decision: texts[1], code: texts[2], message: texts[3])
  }
}

extension OrderBar {
  fileprivate init?(stored: JSONValue) {
    guard let texts = stored.all(\.stringValue), texts.count == 3,
      let barred = Outcome(rawValue: texts[1]), let instead = Outcome(rawValue: texts[2])
    else { return nil }
    self.init(provision: texts[0], barred: barred, instead: instead)
  }
}
