import Formats
import Testing
import Values

@testable import Safeguards

/// Law data are read strictly, and a fault names its place.
@Suite struct DebtLawReaderTests {
  static let tool: JSONValue = [
    "id": "X-1", "kind": "tool", "tools": ["disconnectionRequest"], "from": "2020-01-01", "source": "s",
    "confidence": "read", "note": "n",
  ]

  private func sentence(_ entries: [JSONValue], jurisdiction: JSONValue = "LV") -> String? {
    let file: JSONValue = ["jurisdiction": jurisdiction, "debt": .array(entries)]
    return sentence(file.canonicalBytes)
  }

  private func sentence(_ bytes: [UInt8]) -> String? {
    do throws(SafeguardsError) {
      _ = try DebtLaw(files: [("law/lv.json", bytes)])
      return nil
    } catch {
      #expect(error.sentence.hasPrefix("law/lv.json") && !error.code.isEmpty)
      return error.sentence
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let member: String
    let value: JSONValue?
    let says: String
    var testDescription: String { "\(member) \(value?.canonical ?? "gone")" }
  }

  @Test(arguments: [
    Fault(member: "kind", value: "tools", says: "/debt/0/kind: 'tools' is none of: tool, noticeClock"),
    Fault(member: "id", value: nil, says: "/debt/0/id: is missing or not a text"),
    Fault(member: "tools", value: ["cut"], says: "/debt/0/tools: '\"cut\"' is none of: disconnectionRequest"),
    Fault(member: "tools", value: [], says: "/debt/0/tools: is an empty list"),
    Fault(member: "tools", value: ["powerLimit", "powerLimit"], says: "names 'powerLimit' twice"),
    Fault(member: "days", value: 3, says: "/debt/0/days: is not a member"),
    Fault(member: "from", value: "2020-13-01", says: "/debt/0/from: is not a date"),
    Fault(member: "until", value: "2019-12-31", says: "/debt/0/until: 2019-12-31 is before the first day"),
    Fault(member: "confidence", value: "sure", says: "/debt/0/confidence: 'sure' is none of"),
    Fault(member: "commodities", value: ["water"], says: "/debt/0/commodities"),
    Fault(member: "note", value: 1, says: "/debt/0/note: is missing or not a text"),
  ]) func `a fault is told with its place`(_ fault: Fault) {
    let told = sentence([Self.tool.setting([fault.member], fault.value)])
    #expect(told?.contains(fault.says) == true, "\(told ?? "accepted")")
  }

  @Test func `the file itself is checked`() {
    #expect(sentence([Self.tool]) == nil)
    #expect(
      sentence(Array("{\"jurisdiction\":\"LV\",\"debts\":[]}".utf8))?.contains("/debts: is not a member")
        == true)
    #expect(sentence(Array("[]".utf8))?.contains("is not an object") == true)
    #expect(sentence(Array("{".utf8)) != nil)
    #expect(sentence([Self.tool], jurisdiction: "Latvia")?.contains("country's code") == true)
    #expect(sentence([Self.tool], jurisdiction: "EU")?.contains("country's code") == true)
    #expect(sentence([.number(1)])?.contains("/debt/0/kind") == true)
    // The law of orders is nothing of ours.
    #expect(sentence(Array("{\"jurisdiction\":\"LV\",\"provisions\":[{}]}".utf8)) == nil)
    let file: JSONValue = ["jurisdiction": "LV", "debt": []]
    #expect(throws: SafeguardsError.self) {
      try DebtLaw(files: [("law/a.json", file.canonicalBytes), ("law/b.json", file.canonicalBytes)])
    }
  }

  @Test func `a gap in validity is refused, and so are two versions on one day`() {
    func version(_ from: JSONValue, _ until: JSONValue?) -> JSONValue {
      Self.tool.setting(["from"], from).setting(["until"], until)
    }
    let old = version("2020-01-01", "2023-11-09")
    #expect(sentence([old, version("2023-11-10", nil)]) == nil)
    #expect(sentence([version("2023-11-10", nil), old]) == nil)
    let gap = sentence([old, version("2023-11-12", nil)])
    #expect(gap?.contains("no version speaks of 2023-11-10 to 2023-11-11") == true, "\(gap ?? "accepted")")
    #expect(sentence([old, version("2023-11-09", nil)])?.contains("hold on 2023-11-09") == true)
    #expect(sentence([version("2020-01-01", nil), version("2023-11-10", nil)])?.contains("hold on") == true)
    // Another subject is another rule.
    #expect(sentence([old, version("2023-11-12", nil).setting(["commodities"], ["gas"])]) == nil)
  }

  @Test func `hours that leave no hour, seasons and bars are checked`() {
    func entry(_ kind: JSONValue, _ members: [String: JSONValue]) -> JSONValue {
      var one = Self.tool.setting(["kind"], kind)
      for (key, value) in members { one = one.setting([key], value) }
      return one
    }
    let hours: [String: JSONValue] = [
      "channels": ["phone"], "open": "08:00", "close": "08:00", "closedWeekdays": [], "holidays": true,
    ]
    #expect(
      sentence([entry("contactHours", hours).setting(["tools"], nil)])?.contains("leaves no hour") == true)
    #expect(sentence([entry("bar", ["bar": "amountTooHigh"])])?.contains("whatever the data say") == true)
    #expect(sentence([entry("bar", ["bar": "hold"])]) == nil)
    #expect(
      sentence([entry("noCutDays", ["days": [], "easter": [], "weekdays": [1, 2, 3, 4, 5, 6, 7]])])?.contains(
        "no day") == true)
    let clock: [String: JSONValue] = [
      "notice": "restrictionWarning", "start": "sent", "days": -1, "unit": "calendar", "counting": "after",
    ]
    #expect(sentence([entry("clock", clock)])?.contains("/days") == true)
    var later = clock
    later["days"] = 4000
    #expect(sentence([entry("clock", later)])?.contains("/days") == true)
    later["days"] = 20
    later["season"] = ["from": "10-01", "until": "13-01"]
    #expect(sentence([entry("clock", later)])?.contains("/season/until") == true)
  }

  @Test func `the version is that of the content, whatever the file looks like`() throws {
    let files = try ShippedLaw.files("law")
    let law = try ShippedLaw.law.get()
    let other = try DebtLaw(
      files: files.reversed().map { ($0.path, Array(try JSONReader.parse($0.bytes).pretty.utf8)) })
    #expect(other.version == law.version)
    let changed = try ShippedLaw.law { $0["id"] == "EE-E-6" ? nil : $0 }
    #expect(changed.version != law.version)
  }
}
