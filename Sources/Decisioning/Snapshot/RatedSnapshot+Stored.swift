import Facts
import Formats
import Values

/// The stored form: numbers of fixed width from the lowest byte, texts behind their lengths, in the order of `bytes`.
///
/// It is read with every decision, and as JSON that took as long as all the rest of one. Like the snapshot it can be made again at
/// any time; whatever cannot be read is as if it were not there.
extension RatedSnapshot {
  /// Stands for a day that there is not.
  private static let noDay = Int32.min
  /// Stands, as a length, for a text that is not there.
  private static let noText = UInt32.max

  /// Stands for a reason that is none of the scorecard's.
  private static let noRule = UInt32.max

  /// The stored form by a layout, which names the reasons of the scorecard.
  func bytes(_ layout: RecordLayout) -> [UInt8] {
    var writer = FieldWriter()
    writer.text(DecisionContent.engineVersion.utf8)
    writer.text(number.utf8)
    writer.text(kind.rawValue.utf8)
    writer.text(jurisdiction.code.utf8)
    writer.number((sources.arrearsRegister ? 1 : 0) as UInt8 | (sources.publicRegisters ? 2 : 0))
    writer.number(Self.bits(circumstances))
    writer.text(outcome.rawValue.utf8)
    writer.text(rating?.utf8)
    writer.text(score?.description.utf8)
    writer.text(standing?.rating.utf8)
    writer.day(standing?.since)
    writer.day(standing?.downgradedOn)
    writer.day(validUntil)
    writer.number(UInt8(truncatingIfNeeded: reasons.count))
    for reason in reasons.prefix(Int(UInt8.max)) {
      let rule = layout.scoreRule(of: reason)
      writer.number(rule.map { UInt32(truncatingIfNeeded: $0) } ?? Self.noRule)
      if rule == nil {
        writer.text(reason.code.utf8)
        writer.text(reason.characteristic?.utf8)
      }
      writer.text(reason.value?.canonicalBytes)
    }
    writer.text(calendar.code.utf8)
    writer.text(referralReason.utf8)
    writer.text(subject)
    writer.text(given)
    writer.text(answer)
    return writer.bytes
  }

  /// Reads the stored form; nil where it is none of this layout's, or of another version of the engine.
  init?(bytes: ArraySlice<UInt8>, _ layout: RecordLayout) {
    var reader = FieldReader(bytes: bytes)
    guard let engine = reader.text(), engine.elementsEqual(DecisionContent.engineVersion.utf8),
      let number = reader.string(), let kind = reader.string().flatMap(Customer.Kind.init(rawValue:)),
      let jurisdiction = reader.string().flatMap({ Jurisdiction($0) }),
      let registers: UInt8 = reader.number(),
      let bits: UInt8 = reader.number(), let circumstances = Self.circumstances(bits),
      let outcome = reader.string().flatMap(Outcome.init(rawValue:)), let rating = reader.optionalString(),
      let score = reader.optionalString(), let stands = reader.optionalString(), let since = reader.day(),
      let downgradedOn = reader.day(), let validUntil = reader.day(), let count: UInt8 = reader.number()
    else { return nil }
    var reasons: [DecisionSummary.Reason] = []
    reasons.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let reason = reader.reason(layout) else { return nil }
      reasons.append(reason)
    }
    guard let calendar = reader.string().flatMap({ Jurisdiction($0) }), let referralReason = reader.string(),
      let subject = reader.text(), let given = reader.text(), let answer = reader.text(), reader.isAtEnd
    else { return nil }
    var standing: PreviousRating?
    if let stands, let since {
      standing = PreviousRating(rating: stands, since: since, downgradedOn: downgradedOn)
    }
    self.init(
      number: number, kind: kind, jurisdiction: jurisdiction,
      sources: LoadedSources(arrearsRegister: registers & 1 != 0, publicRegisters: registers & 2 != 0),
      circumstances: circumstances, outcome: outcome, rating: rating,
      score: score.flatMap { Decimal($0) }, standing: standing, validUntil: validUntil, reasons: reasons,
      calendar: calendar, referralReason: referralReason, subject: subject, given: given, answer: answer)
  }

  private static func bits(_ circumstances: Set<LawProvision.Circumstance>) -> UInt8 {
    LawProvision.Circumstance.allCases.enumerated().reduce(0) { bits, circumstance in
      circumstances.contains(circumstance.element) ? bits | 1 << UInt8(circumstance.offset) : bits
    }
  }

  private static func circumstances(_ bits: UInt8) -> Set<LawProvision.Circumstance>? {
    sets.indices.contains(Int(bits)) ? sets[Int(bits)] : nil
  }

  /// All sets, each at the place of its bits: made with each decision they took four pieces of memory.
  private static let sets: [Set<LawProvision.Circumstance>] = {
    let all = LawProvision.Circumstance.allCases
    return (0..<1 << all.count).map { bits in
      Set(all.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
    }
  }()

  private struct FieldWriter {
    var bytes: [UInt8] = []

    mutating func number(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func day(_ day: CivilDate?) {
      number(day.map { Int32(truncatingIfNeeded: $0.dayNumber) } ?? noDay)
    }

    mutating func text(_ text: (some Collection<UInt8>)?) {
      guard let text else { return number(noText) }
      number(UInt32(truncatingIfNeeded: text.count))
      bytes.append(contentsOf: text)
    }
  }

  private struct FieldReader {
    let bytes: ArraySlice<UInt8>
    private var place: Int

    init(bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      place = bytes.startIndex
    }

    var isAtEnd: Bool { place == bytes.endIndex }

    private var left: Int { bytes.endIndex - place }

    mutating func number<Number: FixedWidthInteger>() -> Number? {
      let size = MemoryLayout<Number>.size
      guard left >= size else { return nil }
      defer { place += size }
      let offset = place - bytes.startIndex
      return Number(
        littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) })
    }

    mutating func day() -> CivilDate?? {
      guard let day: Int32 = number() else { return nil }
      return .some(day == noDay ? nil : CivilDate(dayNumber: Int(day)))
    }

    mutating func text() -> ArraySlice<UInt8>? { optionalText().flatMap(\.self) }

    mutating func optionalText() -> ArraySlice<UInt8>?? {
      guard let count: UInt32 = number() else { return nil }
      if count == noText { return .some(nil) }
      guard left >= Int(count) else { return nil }
      defer { place += Int(count) }
      return bytes[place..<place + Int(count)]
    }

    mutating func string() -> String? { optionalString().flatMap(\.self) }

    mutating func optionalString() -> String?? {
      optionalText().map { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    mutating func reason(_ layout: RecordLayout) -> DecisionSummary.Reason? {
      guard let place: UInt32 = number() else { return nil }
      var (code, characteristic): (String, String?)
      if place == noRule {
        guard let text = string(), let name = optionalString() else { return nil }
        (code, characteristic) = (text, name)
      } else {
        guard layout.scoreRules.indices.contains(Int(place)) else { return nil }
        let rule = layout.scoreRules[Int(place)]
        (code, characteristic) = (rule.reason, layout.characteristics[rule.characteristic].name)
      }
      guard let value = optionalString() else { return nil }
      guard let value else { return DecisionSummary.Reason(code: code, characteristic: characteristic) }
      // Nearly always a number.
      guard let json = Decimal(value).map({ JSONValue.number($0) }) ?? (try? JSONReader.parse(value)) else {
        return nil
      }
      return DecisionSummary.Reason(code: code, characteristic: characteristic, value: json)
    }
  }
}

extension RecordLayout {
  /// The place of a rule of the scorecard that stands for a reason; nil where there is none.
  fileprivate func scoreRule(of reason: DecisionSummary.Reason) -> Int? {
    guard reason.characteristic != nil else { return nil }
    return scoreRules.indices.first { place in
      let rule = scoreRules[place]
      return rule.reason == reason.code
        && characteristics[rule.characteristic].name == reason.characteristic
    }
  }
}
