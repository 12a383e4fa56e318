import DebtManagement
import Decisioning
import Explanation
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// The check that letters are complete, taken apart piece by piece.
@Suite struct LetterCheckTests {
  private static let languages = Language.allCases.map { "letters/\($0.rawValue).json" }
  private static let structure = "letters/structure.json"

  /// The rule set with one of its files changed.
  private func rules(_ path: String, _ change: (inout JSONValue) throws -> Void) throws -> RuleSetFiles {
    let files = try LetterSamples.rules()
    var json = try JSONReader.parse(try #require(files[path]))
    try change(&json)
    return try rules(path, json.canonicalBytes)
  }

  private func rules(_ path: String, _ bytes: [UInt8]?) throws -> RuleSetFiles {
    let files = try LetterSamples.rules()
    var contents: [String: [UInt8]] = [:]
    for path in files.paths { contents[path] = files[path] }
    contents[path] = bytes
    return RuleSetFiles(contents)
  }

  private func member(_ json: JSONValue, _ keys: [String]) -> JSONValue? {
    keys.reduce(json) { $0?[$1] }
  }

  @Test func theLettersOfTheHouseAreComplete() throws {
    #expect(LetterCheck.findings(try LetterSamples.rules()).map(\.sentence) == [])
  }

  @Test func aRuleSetWithoutLettersWritesNone() throws {
    let files = RuleSetFiles(["credit-rating.dmn": []])
    #expect(LetterCheck.findings(files) == [])
    #expect(throws: LetterError.self) { try LetterWriter(files) }
    // A ladder writes letters.
    let ladder = RuleSetFiles(["service-restriction.dmn": []])
    #expect(LetterCheck.findings(ladder).count == 5)
  }

  @Test(arguments: languages + [structure, "creditor.json"])
  func everyFileIsNeeded(path: String) throws {
    let findings = LetterCheck.findings(try rules(path, nil))
    #expect(findings.contains { $0.file == path && $0.message.hasPrefix("The file is not there") })
  }

  /// Whatever element is no longer said, the check finds it, in the letter that has to say it.
  @Test func everyElementThatIsTakenOutIsFound() throws {
    let whole = try JSONReader.parse(try #require(try LetterSamples.rules()[Self.structure]))
    let elements = try #require(whole["elements"]?.arrayValue).compactMap { $0["id"]?.stringValue }
    #expect(elements.count > 20)
    for element in elements {
      let changed = try rules(Self.structure) { json in
        let passages = json["passages"]?.arrayValue ?? []
        var object = json.objectValue ?? JSONObject()
        object["passages"] = .array(
          passages.map { passage in
            var passage = passage.objectValue ?? JSONObject()
            passage["elements"] = passage["elements"]?.arrayValue.map { said in
              .array(said.filter { $0.stringValue != element })
            }
            return .object(passage)
          })
        json = .object(object)
      }
      let findings = LetterCheck.findings(changed)
      #expect(findings.contains { $0.message.contains("does not say \"\(element)\"") }, "\(element)")
      #expect(throws: LetterError.self) { try LetterWriter(changed) }
    }
  }

  /// Whatever field is taken out of the texts that have to name it, in whatever language, the check finds it.
  @Test(arguments: languages)
  func everyFieldThatIsTakenOutIsFound(path: String) throws {
    let whole = try JSONReader.parse(try #require(try LetterSamples.rules()[Self.structure]))
    var fields: Set<String> = []
    for element in try #require(whole["elements"]?.arrayValue) {
      fields.formUnion(element["fields"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }
    #expect(fields.count > 20)
    for field in fields {
      let changed = try rules(path) { json in
        var object = json.objectValue ?? JSONObject()
        var passages = JSONObject()
        for (id, text) in object["passages"]?.objectValue?.members ?? [] {
          passages[id] = .string((text.stringValue ?? "").replacing("{\(field)}", with: "…"))
        }
        object["passages"] = .object(passages)
        json = .object(object)
      }
      let findings = LetterCheck.findings(changed)
      #expect(findings.contains { $0.file == path && $0.message.contains("{\(field)}") }, "\(field)")
    }
  }

  @Test(arguments: languages)
  func anUnknownFieldIsFound(path: String) throws {
    for text in ["{customer.birthday}", "{}", "{unclosed", "closed}", "{{customer.name}}"] {
      let changed = try rules(path) { json in
        var object = json.objectValue ?? JSONObject()
        var passages = object["passages"]?.objectValue ?? JSONObject()
        passages["help"] = .string("Text " + text)
        object["passages"] = .object(passages)
        json = .object(object)
      }
      let findings = LetterCheck.findings(changed)
      #expect(findings.contains { $0.pointer == "/passages/help" }, "\(text)")
    }
  }

  @Test func aPassageWithoutTextAndATextWithoutPassageAreFound() throws {
    let changed = try rules("letters/et.json") { json in
      var object = json.objectValue ?? JSONObject()
      var passages = object["passages"]?.objectValue ?? JSONObject()
      passages["help"] = nil
      passages["hlep"] = "Tere"
      object["passages"] = .object(passages)
      json = .object(object)
    }
    let messages = LetterCheck.findings(changed).map(\.sentence)
    #expect(messages.contains { $0.contains("\"help\" has no text") })
    #expect(messages.contains { $0.contains("hlep") })
  }

  /// An element in a passage that is left out at times is not said.
  @Test func aPassageThatMayBeLeftOutSaysNothing() throws {
    let changed = try rules(Self.structure) { json in
      let text = json.canonical.replacing(
        "{\"elements\":[\"restoration\"],",
        with: "{\"elements\":[\"restoration\"],\"ifGiven\":\"customer.name\",")
      json = try JSONReader.parse(text)
    }
    #expect(LetterCheck.findings(changed).contains { $0.message.contains("\"restoration\"") })
  }

  @Test func aMissingCreditorIsFound() throws {
    let changed = try rules("creditor.json") { json in
      var object = json.objectValue ?? JSONObject()
      object["creditors"] = .array(Array((object["creditors"]?.arrayValue ?? []).dropLast()))
      json = .object(object)
    }
    #expect(
      LetterCheck.findings(changed).map(\.message) == [
        "There is no entry for EE and networkOperator. Add one."
      ])
  }

  /// Nothing that stands in a file can bring the check down.
  @Test(arguments: languages + [structure, "creditor.json"])
  func damagedFilesAreFoundAndNothingTraps(path: String) throws {
    let bytes = try #require(try LetterSamples.rules()[path])
    let values: [JSONValue] = [.null, 1, "x", [], [:], ["a": ["b": []]]]
    for value in values {
      #expect(!LetterCheck.findings(try rules(path, value.canonicalBytes)).isEmpty)
    }
    for junk in [[], Array("{".utf8), [0xFF, 0xFE], Array(bytes.prefix(bytes.count / 2))] {
      #expect(!LetterCheck.findings(try rules(path, junk)).isEmpty)
    }
    // Every member of the top replaced by something of another kind.
    let json = try JSONReader.parse(bytes)
    for (name, _) in json.objectValue?.members ?? [] where name != "note" {
      for value in values {
        var object = json.objectValue ?? JSONObject()
        object[name] = value
        let changed = try rules(path, JSONValue.object(object).canonicalBytes)
        #expect(!LetterCheck.findings(changed).isEmpty, "\(path) \(name)")
      }
    }
  }
}
