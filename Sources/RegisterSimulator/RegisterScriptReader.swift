import Formats

/// Reads one script and collects everything that is wrong with its form.
///
/// The entries themselves are not looked at: showing what a wrong one leads to is what scripts are for.
struct RegisterScriptReader {
  private(set) var findings: JSONFindings

  init(file: String) { findings = JSONFindings(file: file) }

  mutating func script(_ bytes: [UInt8]) -> RegisterScript? {
    guard let json = findings.json(bytes, limits: JSONLimits(depth: 32, bytes: 4 << 20)),
      let root = findings.object(json, "", known: ["description", "subject", "answers"])
    else { return nil }
    let description = text(root, "description", "") ?? ""
    guard let subject = subject(root["subject"]) else { return nil }
    guard case .array(let elements)? = root["answers"], !elements.isEmpty else {
      findings.note("/answers", "A list of at least one answer in square brackets belongs here.")
      return nil
    }
    var answers: [RegisterScript.Answer] = []
    for (index, element) in elements.enumerated() {
      if let answer = answer(element, "/answers/\(index)") { answers.append(answer) }
    }
    return RegisterScript(description: description, subject: subject, answers: answers)
  }

  private mutating func subject(_ json: JSONValue?) -> RegisterScript.Subject? {
    guard let object = findings.object(json ?? .null, "/subject", known: ["scheme", "code"]),
      let scheme = text(object, "scheme", "/subject"), let code = text(object, "code", "/subject")
    else { return nil }
    return RegisterScript.Subject(scheme: scheme, code: code.replacing("-", with: ""))
  }

  private static let contents = ["entries", "state", "status", "raw", "filler", "silence"]

  private mutating func answer(_ json: JSONValue, _ pointer: String) -> RegisterScript.Answer? {
    let known = Self.contents + ["afterMilliseconds", "retryAfterSeconds", "contentType"]
    guard let object = findings.object(json, pointer, known: known) else { return nil }
    let after = findings.number(object, "afterMilliseconds", pointer, in: 0...600_000) ?? 0
    guard let content = content(object, pointer) else { return nil }
    if object["retryAfterSeconds"] != nil, object["status"] == nil || object["raw"] != nil {
      findings.note("\(pointer)/retryAfterSeconds", "This goes with \"status\" alone. Remove it.")
    }
    if object["contentType"] != nil, object["raw"] == nil {
      findings.note("\(pointer)/contentType", "This goes with \"raw\" alone. Remove it.")
    }
    return RegisterScript.Answer(afterMilliseconds: after, content: content)
  }

  private mutating func content(_ object: JSONObject, _ pointer: String) -> RegisterScript.Content? {
    let given = Self.contents.filter { object[$0] != nil }
    // A raw text may have a status of its own.
    guard given.count == 1 || given == ["status", "raw"] else {
      findings.note(
        pointer,
        "Exactly one of \(Self.contents.joined(separator: ", ")) belongs here; raw may have a status.")
      return nil
    }
    switch given.last {
    case "entries":
      guard case .array(let entries)? = object["entries"] else {
        findings.note("\(pointer)/entries", "A list of entries in square brackets belongs here.")
        return nil
      }
      return .entries(entries)
    case "state":
      guard let state = text(object, "state", pointer), ["withheld", "erased"].contains(state) else {
        findings.note(
          "\(pointer)/state", "Write withheld or erased; for an answer with entries write \"entries\".")
        return nil
      }
      return .state(state)
    case "status":
      guard let status = findings.number(object, "status", pointer, in: 300...599) else { return nil }
      return .status(
        status, retryAfterSeconds: findings.number(object, "retryAfterSeconds", pointer, in: 0...86_400))
    case "raw":
      guard case .string(let raw)? = object["raw"] else {
        findings.note("\(pointer)/raw", "Text in quotes belongs here.")
        return nil
      }
      let status = object["status"] == nil ? 200 : findings.number(object, "status", pointer, in: 200...599)
      let type = object["contentType"] == nil ? "application/json" : text(object, "contentType", pointer)
      guard let status, let type else { return nil }
      return .raw(raw, status: status, contentType: type)
    case "filler": return findings.number(object, "filler", pointer, in: 0...100_000_000).map { .filler($0) }
    default:
      guard object["silence"] == .bool(true) else {
        findings.note("\(pointer)/silence", "Only true means something here.")
        return nil
      }
      return .silence
    }
  }

  private mutating func text(_ object: JSONObject, _ name: String, _ pointer: String) -> String? {
    switch object[name] {
    case .string(let text)? where !text.isEmpty: return text
    case nil: findings.missing(name, pointer)
    case _?: findings.note("\(pointer)/\(name)", "Text in quotes belongs here, not empty.")
    }
    return nil
  }
}
