import Terminal
import Values

/// A question that is answered by typing.
struct Prompt: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    case find
    case note, release, snooze, escalate, sendBack
  }

  struct Field: Hashable, Sendable {
    var label: String
    var editor: TextEditor
  }

  let purpose: Purpose
  /// The case that it is about; empty for the list.
  let caseID: String
  var fields: [Field]
  var focus = 0
  var problem: String?

  init(_ purpose: Purpose, of caseID: String, today: CivilDate, filled: [String] = []) {
    self.purpose = purpose
    self.caseID = caseID
    fields = Self.labels(purpose).enumerated().map { index, label in
      let given = filled[safe: index] ?? (label == Self.day ? Self.tomorrow(today) : "")
      let isDay = label == Self.day
      let editor = TextEditor(given, hasLines: !isDay && purpose != .find, limit: isDay ? 10 : 4000)
      return Field(label: label, editor: editor)
    }
    focus = purpose == .snooze && !filled.isEmpty ? 1 : 0
  }

  var title: String {
    switch purpose {
    case .find: "Find customers by a part of their name, number or code"
    case .note: "Note on \(caseID)"
    case .release: "Give \(caseID) back to the queue"
    case .snooze: "Put \(caseID) off"
    case .escalate: "Pass \(caseID) on to a senior"
    case .sendBack: "Send \(caseID) back to who decided it"
    }
  }

  /// What has been typed.
  var texts: [String] { fields.map(\.editor.text) }

  /// The act that the answer means, or what is missing.
  func act() -> Result<CaseAct, Missing> {
    let last = texts.last ?? ""
    if purpose != .find, last.allSatisfy(\.isWhitespace) {
      return .failure(Missing(field: fields.count - 1, sentence: "Write something first; Esc gives up."))
    }
    switch purpose {
    case .find, .note: return .success(.note(last))
    case .release: return .success(.release(last))
    case .escalate: return .success(.escalate(last))
    case .sendBack: return .success(.sendBack(last))
    case .snooze:
      guard let day = CivilDate(texts[safe: 0] ?? "") else {
        return .failure(Missing(field: 0, sentence: "That is no date; write it as 2026-12-24."))
      }
      return .success(.snooze(day, last))
    }
  }

  struct Missing: Error, Hashable {
    var field: Int
    var sentence: String
  }

  private static let day = "Until"

  private static func labels(_ purpose: Purpose) -> [String] {
    switch purpose {
    case .find: ["Customer"]
    case .note: ["Note"]
    case .release, .escalate, .sendBack: ["Reason"]
    case .snooze: [day, "Reason"]
    }
  }

  private static func tomorrow(_ today: CivilDate) -> String { (today.adding(days: 1) ?? today).description }
}
