import FactStore
import Facts
import Formats
import HTTPClient
import Values

/// Reads a register's answer by the contract (docs/register-sources.md), strictly.
///
/// Whoever reads a member that he does not know as if it were not there misses the day on which "disputed" is spelt
/// another way. So everything unknown is a breach, and a breach gives no fact.
struct RegisterAnswerReader {
  let source: RegisterSource
  let subject: RegisterSubject

  /// What an answer says.
  struct Answer: Sendable {
    var state: SourcePull.State
    var facts: [Fact] = []
    var disputed: [String] = []
  }

  private static let entryLimit = 1_000
  private static let limits = JSONLimits(depth: 8, bytes: RegisterClient.answerByteLimit, digits: 40)

  /// Reads an answer of status 200.
  func read(_ response: ClientResponse) throws(AnswerProblem) -> Answer {
    let type = (response["Content-Type"] ?? "").lowercased()
    guard type == "application/json" || type.hasPrefix("application/json;") else {
      throw problem("content-type", "", "The content has to be application/json.")
    }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader.parse(response.body, limits: Self.limits)
    } catch {
      // The sentence of a JSON error may repeat what stands there; the position alone is enough.
      throw problem(error.code, "", "It is no valid JSON, \(error.position).")
    }
    let root = try object(json, "", known: ["subject", "state", "entries"])
    try checkSubject(try member(root, "subject", ""))
    switch try text(try member(root, "state", ""), "/state") {
    case "answered":
      guard case .array(let entries) = try member(root, "entries", "") else {
        throw problem("wrong-type", "/entries", "A list belongs here.")
      }
      return try read(entries)
    case "withheld": return try empty(root, .withheld)
    case "erased": return try empty(root, .erased)
    default: throw problem("unknown-word", "/state", "Known are answered, withheld and erased.")
    }
  }

  private func empty(_ root: JSONObject, _ state: SourcePull.State) throws(AnswerProblem) -> Answer {
    guard root["entries"] == nil else {
      throw problem("entries-not-expected", "/entries", "What is withheld or erased has no entries.")
    }
    return Answer(state: state)
  }

  /// An answer about somebody else must never become this customer's facts.
  private func checkSubject(_ json: JSONValue) throws(AnswerProblem) {
    let object = try object(json, "/subject", known: ["scheme", "code"])
    let scheme = try text(try member(object, "scheme", "/subject"), "/subject/scheme")
    let code = try text(try member(object, "code", "/subject"), "/subject/code")
    let told = IdentifierScheme(rawValue: scheme).flatMap { try? Identifier(scheme: $0, code: code) }
    guard told == subject.identifier else {
      throw problem("wrong-subject", "/subject", "The answer is about another subject than was asked about.")
    }
  }

  private func read(_ entries: [JSONValue]) throws(AnswerProblem) -> Answer {
    guard entries.count <= Self.entryLimit else {
      throw problem("too-many-entries", "/entries", "At most \(Self.entryLimit) entries are read.")
    }
    var answer = Answer(state: entries.isEmpty ? .absent : .present)
    var seen: Set<String> = []
    for (index, json) in entries.enumerated() {
      let pointer = "/entries/\(index)"
      let (fact, isDisputed) = try entry(json, pointer)
      guard seen.insert("\(fact.kind.rawValue) \(fact.id)").inserted else {
        throw problem("duplicate-entry", "\(pointer)/id", "Another entry has this id already.")
      }
      answer.facts.append(fact)
      if isDisputed { answer.disputed.append(fact.id) }
    }
    if !answer.disputed.isEmpty { answer.state = .disputed }
    return answer
  }

  /// The members of an entry beside `kind`, `id` and `disputed`, with the fields that they become.
  private static let members: [RegisterSource.Kind: KeyValuePairs<String, FieldName>] = [
    .registerEntries: ["register": .register, "type": .type, "since": .since, "until": .until],
    .arrearsEntries: [
      "register": .register, "reported": .reported, "ageMonths": .ageMonths, "cleared": .cleared,
      "amount": .amount, "currency": .currency,
    ],
  ]

  private func entry(_ json: JSONValue, _ pointer: String) throws(AnswerProblem) -> (Fact, Bool) {
    guard case .object(let entry) = json else {
      throw problem("wrong-type", pointer, "An object belongs here.")
    }
    let word = try text(try member(entry, "kind", pointer), "\(pointer)/kind")
    guard let kind = RegisterSource.Kind(rawValue: word), source.kinds.contains(kind) else {
      throw problem("unknown-word", "\(pointer)/kind", "This source gives \(Self.list(source.kinds)).")
    }
    let members = Self.members[kind] ?? [:]
    _ = try object(json, pointer, known: ["kind", "id", "disputed"] + members.map(\.key))
    var fields: [FieldName: FieldValue] = [
      .entry: .text(try text(try member(entry, "id", pointer), "\(pointer)/id")),
      .register: .text(source.name), .identifierScheme: .text(subject.identifier.scheme.rawValue),
      .identifier: .text(subject.identifier.code),
    ]
    for (name, field) in members {
      switch entry[name] {
      case nil, .null?: break
      case .string(let text)? where name != "amount" && name != "ageMonths": fields[field] = .text(text)
      case .number(let number)? where name == "amount" || name == "ageMonths": fields[field] = .number(number)
      case _?:
        throw problem("wrong-type", "\(pointer)/\(name)", "Text, or a number for amount and ageMonths.")
      }
    }
    let isDisputed = try flag(entry["disputed"], "\(pointer)/disputed")
    do throws(FactError) {
      return (try Fact.make(kind.factKind, fields: fields), isDisputed)
    } catch {
      let name = members.first { $0.value == error.field }?.key ?? "id"
      throw problem(
        error.rule.rawValue, "\(pointer)/\(name)", "The value breaks the rule \(error.rule.rawValue).")
    }
  }

  // MARK: Members

  private func problem(_ code: String, _ pointer: String, _ message: String) -> AnswerProblem {
    AnswerProblem(code: code, pointer: pointer, message: message)
  }

  private func object(
    _ json: JSONValue, _ pointer: String, known: [String]
  ) throws(AnswerProblem) -> JSONObject {
    guard case .object(let object) = json else {
      throw problem("wrong-type", pointer, "An object belongs here.")
    }
    guard object.keys.allSatisfy(known.contains) else {
      throw problem(
        "unknown-member", pointer,
        "There is a member that the contract does not know; known are \(Self.list(known)).")
    }
    return object
  }

  private func member(
    _ object: JSONObject, _ name: String, _ pointer: String
  ) throws(AnswerProblem) -> JSONValue {
    guard let value = object[name] else {
      throw problem("missing-member", pointer, "The member \(name) is missing.")
    }
    return value
  }

  private func text(_ json: JSONValue, _ pointer: String) throws(AnswerProblem) -> String {
    guard case .string(let text) = json else {
      throw problem("wrong-type", pointer, "Text in quotes belongs here.")
    }
    return text
  }

  private func flag(_ json: JSONValue?, _ pointer: String) throws(AnswerProblem) -> Bool {
    switch json {
    case nil: return false
    case .bool(let flag)?: return flag
    case _?: throw problem("wrong-type", pointer, "true or false belongs here.")
    }
  }

  private static func list(_ kinds: Set<RegisterSource.Kind>) -> String {
    list(kinds.map(\.rawValue).sorted())
  }
  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
