import Facts
import Formats
import TestSupport
import Testing
import Values

@testable import Safeguards

/// A certificate holds for exactly what it says, and any change of it is found.
@Suite struct CertificateTests {
  static let lawful = LawCase.all().filter { $0.expect["lawful"] == true && $0.request["ask"] == nil }

  private func certificate(_ one: LawCase) throws -> Certificate {
    let safeguards = try ShippedLaw.safeguards(one.switches)
    return try #require(safeguards.certificate(try one.report(safeguards)))
  }

  private func first(_ name: String) throws -> Certificate {
    try certificate(try #require(LawCase.all().first { $0.name == name }))
  }

  private func reason(
    _ bytes: [UInt8], law: DebtLaw? = nil, calendars: DebtCalendars? = nil
  ) -> CertificateRejection.Reason? {
    do throws(CertificateRejection) {
      _ = try CertificateChecker.verify(bytes, law: law, calendars: calendars)
      return nil
    } catch {
      #expect(!error.sentence.isEmpty)
      return error.reason
    }
  }

  @Test(arguments: lawful) func `every lawful case has a certificate that is accepted`(_ one: LawCase) throws
  {
    let certificate = try certificate(one)
    let law = try ShippedLaw.safeguards(one.switches).law
    let read = try CertificateChecker.verify(
      certificate.bytes, law: law, calendars: try ShippedLaw.calendars.get())
    #expect(read.digest == certificate.digest && read.report.earliest == certificate.report.earliest)
    #expect(try CertificateChecker.verify(certificate.bytes) == read)
  }

  @Test func `what is not lawful has none`() throws {
    let safeguards = try ShippedLaw.safeguards()
    for one in LawCase.all() where one.expect["lawful"] == false && one.request["ask"] == nil {
      #expect(safeguards.certificate(try one.report(safeguards)) == nil, "\(one)")
      // And the checker finds it where one is written all the same.
      let report = try one.report(safeguards)
      if report.claim != nil, report.earliest != nil, report.clocks.allSatisfy({ $0.earliest != nil }) {
        #expect(reason(Certificate(report).bytes) != nil, "\(one)")
      }
    }
  }

  @Test func `any byte changed is rejected`() throws {
    var random = SeededGenerator(seed: 7)
    // Every byte of the shortest; of others each 11th, from another start each: all of them would take minutes in a debug
    // build. The fuzz target changes every byte of its seed as well.
    let shortest = try Self.lawful.map(certificate).map(\.bytes).min { $0.count < $1.count }
    let others = try ["by post", "gas over Easter", "electrically heated home"].map { try first($0).bytes }
    for (bytes, step) in [(try #require(shortest), 1)] + others.map({ ($0, 11) }) {
      for place in stride(from: random.number(below: step), to: bytes.count, by: step) {
        var changed = bytes
        changed[place] ^= UInt8(1 << random.number(below: 8))
        // An expectation for each would take longer than the checking.
        if reason(changed) == nil { Issue.record("byte \(place) of \(bytes.count)") }
      }
    }
  }

  @Test func `bytes taken out, put in or put twice are rejected`() throws {
    var random = SeededGenerator(seed: 8)
    let bytes = try first("by post").bytes
    for _ in 0..<150 {
      let place = random.number(below: bytes.count)
      var shorter = bytes
      shorter.remove(at: place)
      var longer = bytes
      longer.insert(bytes[random.number(below: bytes.count)], at: place)
      #expect(reason(shorter) != nil && (longer == bytes || reason(longer) != nil))
      #expect(reason(Array(bytes[..<place])) != nil)
    }
    #expect(reason([0xEF, 0xBB, 0xBF] + bytes) == .notCanonical)
    #expect(reason(bytes + [0x0A]) == .notCanonical)
    #expect(reason([0x20] + bytes) == .notCanonical)
  }

  /// A certificate changed on purpose, with a digest that fits.
  private func forged(_ certificate: Certificate, _ change: (inout JSONValue) -> Void) -> [UInt8] {
    var json = certificate.json
    change(&json)
    guard case .object(var object) = json else { return json.canonicalBytes }
    object["digest"] = nil
    object["digest"] = .string(SHA256.hash(JSONValue.object(object).canonicalBytes).hexadecimal)
    return JSONValue.object(object).canonicalBytes
  }

  struct Forgery: Sendable, CustomTestStringConvertible {
    let of: String
    let path: [String]
    let value: JSONValue?
    let reason: CertificateRejection.Reason
    var testDescription: String { "\(of): \(path.joined(separator: "/")) = \(value?.canonical ?? "gone")" }
  }

  static let forgeries: [Forgery] = [
    Forgery(of: "by post", path: ["request", "on"], value: "2026-02-27", reason: .tooEarly),
    Forgery(of: "by post", path: ["request", "tool"], value: "powerLimit", reason: .foreignLaw),
    Forgery(of: "by post", path: ["request", "tool"], value: "cut", reason: .malformed),
    Forgery(of: "by post", path: ["request", "principal"], value: 121, reason: .amounts),
    Forgery(of: "by post", path: ["request", "principal"], value: 9, reason: .amounts),
    Forgery(of: "by post", path: ["request", "principal"], value: .number(-120), reason: .malformed),
    Forgery(of: "by post", path: ["request", "interest"], value: 1, reason: .amounts),
    Forgery(of: "by post", path: ["request", "penalty"], value: 13, reason: .amounts),
    Forgery(of: "by post", path: ["request", "costs"], value: 18, reason: .amounts),
    Forgery(of: "by post", path: ["request", "invoices"], value: ["I1", "I2"], reason: .invoices),
    Forgery(of: "by post", path: ["request", "invoices"], value: [], reason: .invoices),
    Forgery(of: "by post", path: ["request", "currency"], value: "EUX", reason: .malformed),
    Forgery(of: "by post", path: ["claim", "claimant"], value: "networkOperator", reason: .foreignLaw),
    Forgery(of: "by post", path: ["claim", "customer"], value: "business", reason: .foreignLaw),
    Forgery(of: "by post", path: ["claim", "jurisdiction"], value: "EE", reason: .malformed),
    Forgery(of: "by post", path: ["law", "jurisdiction"], value: "EE", reason: .malformed),
    Forgery(of: "by post", path: ["earliest"], value: "2026-02-20", reason: .clockCount),
    Forgery(of: "by post", path: ["earliest"], value: nil, reason: .malformed),
    Forgery(of: "by post", path: ["limits", "outstanding"], value: 500, reason: .amounts),
    Forgery(of: "by post", path: ["invoices", "0", "billed"], value: 500, reason: .malformed),
    Forgery(of: "by post", path: ["invoices", "0", "due"], value: "2026-01-25", reason: .notice),
    Forgery(of: "by post", path: ["invoices", "0", "due"], value: "2026-03-25", reason: .invoices),
    Forgery(of: "by post", path: ["invoices", "0", "subject"], value: "recoveryCost", reason: .invoices),
    Forgery(of: "by post", path: ["invoices", "0", "outstanding"], value: 119, reason: .malformed),
    Forgery(of: "by post", path: ["notices", "0", "sent"], value: "2026-01-25", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "received"], value: "2026-01-31", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "channel"], value: "sms", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "contentHash"], value: nil, reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "contentHash"], value: "5F5F", reason: .malformed),
    Forgery(of: "by post", path: ["notices", "0", "address"], value: nil, reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "proof"], value: nil, reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "proof", "event"], value: "returned", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "proof", "reference"], value: nil, reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "proof", "date"], value: "2026-01-29", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "amounts"], value: nil, reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "amounts", "total"], value: 121, reason: .malformed),
    Forgery(of: "by post", path: ["notices", "0", "invoice"], value: "I9", reason: .notice),
    Forgery(of: "by post", path: ["notices", "0", "type"], value: "reminder", reason: .clocks),
    Forgery(of: "by post", path: ["notices"], value: [], reason: .foreignLaw),
    Forgery(of: "by post", path: ["clocks", "0"], value: nil, reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "1"], value: nil, reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "2"], value: nil, reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "0", "days"], value: 19, reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "0", "earliest"], value: "2026-02-18", reason: .clockCount),
    Forgery(of: "by post", path: ["clocks", "0", "startDay"], value: "2026-01-29", reason: .clockCount),
    Forgery(of: "by post", path: ["clocks", "0", "rule"], value: "LV-X-1", reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "0", "notice"], value: "N9", reason: .clocks),
    Forgery(of: "by post", path: ["clocks", "0", "days"], value: 99_999, reason: .malformed),
    Forgery(of: "by post", path: ["bars", "0"], value: nil, reason: .barMissing),
    Forgery(of: "by post", path: ["bars"], value: [], reason: .barMissing),
    Forgery(of: "by post", path: ["bars", "0", "stands"], value: true, reason: .barStands),
    Forgery(of: "by post", path: ["bars", "0", "stands"], value: "no", reason: .malformed),
    Forgery(of: "by post", path: ["bars", "0", "because"], value: "no", reason: .malformed),
    Forgery(of: "by post", path: ["law", "entries", "0"], value: nil, reason: .toolNotAllowed),
    Forgery(of: "by post", path: ["law", "entries", "0", "until"], value: "2026-01-01", reason: .foreignLaw),
    Forgery(
      of: "by post", path: ["law", "entries", "0", "commodities"], value: ["gas"], reason: .foreignLaw),
    Forgery(of: "by post", path: ["law", "version"], value: "1", reason: .malformed),
    Forgery(of: "by post", path: ["format"], value: "bonitas-restriction-certificate/2", reason: .malformed),
    Forgery(
      of: "by post", path: ["holidays"], value: ["from": "2026-01-01", "until": "2026-03-01", "days": []],
      reason: .holidays),
    Forgery(of: "by post", path: ["noticesSent"], value: 1, reason: .amounts),
    Forgery(of: "by post", path: ["circumstances"], value: "none", reason: .malformed),
    Forgery(of: "by post", path: ["request", "on"], value: "2026-12-25", reason: .tooEarly),
    Forgery(of: "by post", path: ["request", "on"], value: "2036-01-21", reason: .amounts),
    Forgery(of: "gas over Easter", path: ["holidays"], value: nil, reason: .holidays),
    Forgery(of: "gas over Easter", path: ["holidays", "days"], value: ["2026-04-07"], reason: .holidays),
    Forgery(of: "gas over Easter", path: ["holidays", "from"], value: "2026-03-31", reason: .holidays),
    Forgery(of: "electrically heated home", path: ["circumstances"], value: [], reason: .clocks),
    Forgery(
      of: "electrically heated home", path: ["circumstances", "1", "holds"], value: false, reason: .clocks),
    Forgery(
      of: "heated home, 90 days are over in the season", path: ["request", "on"], value: "2026-10-01",
      reason: .tooEarly),
    Forgery(
      of: "termination while supply is interrupted", path: ["request", "on"], value: "2026-03-04",
      reason: .notice),
  ]

  @Test(arguments: forgeries) func `a forged certificate is rejected though its digest fits`(
    _ forgery: Forgery
  ) throws {
    let bytes = forged(try first(forgery.of)) { $0 = $0.setting(forgery.path[...], forgery.value) }
    // The calendar is at hand, since nothing else tells a holiday that was put in or left out.
    #expect(reason(bytes, calendars: try ShippedLaw.calendars.get()) == forgery.reason)
  }

  @Test func `a forged certificate that agrees with itself is found by the law at hand`() throws {
    let certificate = try first("by post")
    let law = try ShippedLaw.law.get()
    // The objection left out of the law and out of the clocks.
    let bytes = forged(certificate) { json in
      let entries = json["law"]?["entries"]?.arrayValue?.filter { $0["kind"] != "objection" } ?? []
      let clocks = json["clocks"]?.arrayValue?.filter { $0["kind"] != "objection" } ?? []
      json = json.setting(["law", "entries"], .array(entries)).setting(["clocks"], .array(clocks))
        .setting(["earliest"], "2026-02-19")
    }
    #expect(reason(bytes) == nil)
    #expect(reason(bytes, law: law) == .otherLaw)
    let later = try ShippedLaw.law { entry in
      var entry = entry
      if entry["id"] == "LV-G-1", entry["note"] != nil { entry["note"] = "changed" }
      return entry
    }
    // Law of something else: the entries used are the same, the version is not.
    #expect(reason(certificate.bytes, law: later) == .otherLaw)
    #expect(reason(certificate.bytes, law: law) == nil)
  }

  @Test func `hostile input is rejected`() throws {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    let certificate = try first("by post")
    let text = String(decoding: certificate.bytes, as: UTF8.self)
    #expect(reason([]) == .notJSON)
    #expect(reason(deep) == .notJSON)
    #expect(reason(Array(repeating: 0xFF, count: 1000)) == .notJSON)
    #expect(reason(Array("[]".utf8)) == .malformed && reason(Array("{}".utf8)) == .malformed)
    #expect(reason(Array("null".utf8)) == .malformed)
    #expect(reason(Array(repeating: 0x20, count: 5 << 20)) == .notJSON)
    let twice = text.replacing(
      #""earliest":"#, with: #""earliest":"2026-02-19","earliest":"#, maxReplacements: 1)
    #expect(reason(Array(twice.utf8)) == .notJSON)
    let huge = text.replacing(#""principal":120"#, with: #""principal":1e6000"#)
    #expect(reason(Array(huge.utf8)) == .notJSON)
    for number in ["1e30", "99999999999999999999", "120.0000000000000000000000000000000000001"] {
      let changed = text.replacing(#""principal":120"#, with: #""principal":"# + number)
      #expect(reason(Array(changed.utf8)) != nil)
    }
    for date in ["2026-02-30", "-999999999-01-01", "9999-12-31", "0001-01-01", "2026-2-28", ""] {
      let changed = text.replacing(#""on":"2026-02-28""#, with: #""on":"\#(date)""#)
      #expect(reason(Array(changed.utf8)) == .malformed, "\(date)")
    }
    let many = forged(certificate) { json in
      let bar = json["bars"]?[0] ?? .null
      json = json.setting(["bars"], .array(Array(repeating: bar, count: 10_000)))
    }
    #expect(reason(many) == .malformed)
  }

  @Test func `each member taken away is missed`() throws {
    for name in ["gas over Easter"] {
      let certificate = try first(name)
      for (place, path) in certificate.json.paths().enumerated()
      where path != ["digest"] && place % Effort.stride(3) == 0 {
        let bytes = forged(certificate) { $0 = $0.setting(path[...], nil) }
        // Evidence of a clock is told and not counted; a template is not asked for.
        if path.count > 2, path[path.count - 2] == "evidence" { continue }
        // Of several entries that say nothing of this claim's amounts one more or less changes nothing by itself.
        guard reason(bytes) == nil else { continue }
        let reason = reason(bytes, law: try ShippedLaw.law.get(), calendars: try ShippedLaw.calendars.get())
        #expect(reason != nil, "\(name) \(path.joined(separator: "/"))")
      }
    }
  }
}

extension JSONValue {
  /// The value with what is at a path put in another's place, or taken out.
  func setting(_ path: ArraySlice<String>, _ value: JSONValue?) -> JSONValue {
    guard let key = path.first else { return value ?? .null }
    let rest = path.dropFirst()
    switch self {
    case .object(var object):
      object[key] = rest.isEmpty ? value : object[key]?.setting(rest, value)
      return .object(object)
    case .array(var elements):
      guard let place = Int(key), elements.indices.contains(place) else { return self }
      if rest.isEmpty, value == nil {
        elements.remove(at: place)
      } else {
        elements[place] = elements[place].setting(rest, value)
      }
      return .array(elements)
    default: return self
    }
  }

  /// The paths of all members and elements below.
  func paths(_ prefix: [String] = []) -> [[String]] {
    switch self {
    case .object(let object):
      object.members.flatMap { [prefix + [$0.key]] + $0.value.paths(prefix + [$0.key]) }
    case .array(let elements):
      elements.enumerated().flatMap { [prefix + ["\($0)"]] + $1.paths(prefix + ["\($0)"]) }
    default: []
    }
  }
}
