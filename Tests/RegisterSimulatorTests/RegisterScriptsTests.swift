import Formats
import Foundation
import RegisterSimulator
import TestSupport
import Testing

/// What is said about scripts that cannot be used.
@Suite struct RegisterScriptsTests {
  private static func findings(_ files: [String: String]) -> [String] {
    do {
      _ = try RegisterScripts(files.mapValues { Array($0.utf8) }, folder: "data")
      return []
    } catch {
      guard case .invalid(let findings) = error else { return [error.sentence] }
      return findings.map { "\($0.pointer): \($0.message)" }
    }
  }

  private static func script(_ answers: String) -> [String: String] {
    [
      "r/s.json": #"{"description": "d", "subject": {"scheme": "x", "code": "1"}, "answers": "# + answers
        + "}"
    ]
  }

  @Test(arguments: [
    (#"[{"entries": []}]"#, [String]()),
    (
      #"[{"raw": "", "status": 500, "contentType": "text/plain"}, {"silence": true, "afterMilliseconds": 5}]"#,
      []
    ),
    ("[]", ["/answers"]), ("{}", ["/answers"]), ("[1]", ["/answers/0"]), ("[{}]", ["/answers/0"]),
    (#"[{"entries": [], "silence": true}]"#, ["/answers/0"]),
    (#"[{"entries": {}}]"#, ["/answers/0/entries"]),
    (#"[{"state": "answered"}]"#, ["/answers/0/state"]),
    (#"[{"status": 200}]"#, ["/answers/0/status"]),
    (#"[{"status": 503, "retryAfterSeconds": -1}]"#, ["/answers/0/retryAfterSeconds"]),
    (#"[{"entries": [], "retryAfterSeconds": 1}]"#, ["/answers/0/retryAfterSeconds"]),
    (#"[{"entries": [], "contentType": "text/plain"}]"#, ["/answers/0/contentType"]),
    (#"[{"entries": [], "afterMilliseconds": 1e9}]"#, ["/answers/0/afterMilliseconds"]),
    (#"[{"entries": [], "delay": 1}]"#, ["/answers/0"]),
    (#"[{"silence": false}]"#, ["/answers/0/silence"]), (#"[{"filler": -1}]"#, ["/answers/0/filler"]),
    (#"[{"raw": 1}]"#, ["/answers/0/raw"]),
    (#"[{"silence": 1}, {"status": "x"}]"#, ["/answers/0/silence", "/answers/1/status"]),
  ])
  func tellsWhereAnAnswerIsWrong(_ answers: String, _ pointers: [String]) {
    let found = Self.findings(Self.script(answers))
    #expect(found.map { $0.prefix { $0 != ":" } } == pointers.map { $0[...] }, "\(found)")
  }

  @Test(arguments: [
    ("", ""), ("{", ""), ("[]", ""),
    (#"{"subject": {"scheme": "x", "code": "1"}, "answers": [{"entries": []}]}"#, ""),
    (#"{"description": "d", "answers": []}"#, "/subject"),
    (#"{"description": "d", "subject": {"scheme": "x"}, "answers": []}"#, "/subject"),
    (#"{"description": "d", "subject": {"scheme": "x", "code": 1}, "answers": []}"#, "/subject/code"),
  ])
  func tellsWhereAScriptIsWrong(_ text: String, _ pointer: String) throws {
    let found = Self.findings(["r/s.json": text])
    #expect(try #require(found.first).hasPrefix(pointer + ": "), "\(found)")
  }

  @Test func tellsEverythingAtOnceAndNamesTheFiles() {
    do {
      _ = try RegisterScripts(["a/1.json": [0x7B], "b/2.json": [0x5B]], folder: "data")
      Issue.record("accepted")
    } catch {
      #expect(error.code == "register-script-invalid")
      let lines = error.sentence.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.first?.hasPrefix("data/a/1.json: line 1") == true)
      #expect(lines.last?.hasPrefix("data/b/2.json: line 1") == true)
    }
  }

  @Test func twoScriptsOfOneSubjectAreRefusedInOneRegister() {
    let script = Self.script(#"[{"entries": []}]"#)["r/s.json"] ?? ""
    let hyphen = script.replacing("\"1\"", with: "\"-1\"")
    #expect(Self.findings(["a/1.json": script, "b/1.json": script]).isEmpty)
    let found = Self.findings(["a/1.json": script, "a/2.json": hyphen])
    #expect(found == ["/subject: data/a/1.json is about this subject already. Remove one."])
  }

  @Test func aFolderIsReadAndAnEmptyOneRefused() throws {
    let folder = try TemporaryFolder()
    func error() -> RegisterScriptError? {
      do {
        _ = try RegisterScripts(folder: folder.path)
        return nil
      } catch { return error }
    }
    #expect(error() == .empty(folder: folder.path))
    #expect(throws: RegisterScriptError.unreadable(path: folder.file("none"))) {
      try RegisterScripts(folder: folder.file("none"))
    }
    let register = folder.file("register")
    try FileManager.default.createDirectory(atPath: register, withIntermediateDirectories: true)
    let script = Self.script(#"[{"entries": []}]"#)["r/s.json"] ?? ""
    for path in ["\(register)/one.json", folder.file("requests.json")] {
      try script.write(toFile: path, atomically: true, encoding: .utf8)
    }
    try "no script".write(toFile: "\(register)/notes.txt", atomically: true, encoding: .utf8)
    #expect(try RegisterScripts(folder: folder.path).registers.mapValues(\.count) == ["register": 1])
    try Data(count: (4 << 20) + 1).write(to: URL(fileURLWithPath: "\(register)/two.json"))
    #expect(error() == .tooLarge(path: "\(register)/two.json", limit: 4 << 20))
  }
}
