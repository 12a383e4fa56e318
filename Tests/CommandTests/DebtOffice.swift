import Formats
import Foundation
import TestSupport
import Testing
import Values

@testable import bonitas

/// A database of cast and debtors, with its staff; the day is 30 June 2026.
struct DebtOffice {
  let scratch: Scratch
  let staff: Staff
  let days = RunDays()
  let house = Program(folder: Repository.root)
  var database: String { scratch.path("debt.db") }

  init() throws {
    scratch = try Scratch()
    let database = ["--database", scratch.path("debt.db")]
    let files = try Inspection.sampleFiles().filter { $0.contains("/cast/") || $0.contains("/debt/") }
    let outcome = try house.run(["ingest"] + files + database)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    staff = try Staff(house, database: scratch.path("debt.db"))
  }

  /// A line as typed; words in single quotes are one word.
  @discardableResult
  func type(
    _ line: String, as name: String = "liga", on day: String? = "2026-06-30",
    environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    let parts = line.split(separator: "'", omittingEmptySubsequences: false)
    var words: [String] = []
    for (place, part) in parts.enumerated() {
      words += place % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
    let date = day.map { ["--business-date", $0] } ?? []
    return try house.run(
      words + date + ["--database", database],
      environment: staff.environment(name).merging(environment) { $1 })
  }

  func json(_ line: String, as name: String = "liga", on day: String? = "2026-06-30") throws -> JSONValue {
    let outcome = try type(line + " --json", as: name, on: day)
    #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    return try JSONReader.parse(outcome.output)
  }

  /// The plan of the day as a file.
  func plan(_ name: String = "plan.json", _ options: String = "") throws -> String {
    let path = scratch.path(name)
    let outcome = try type("debt plan --output \(path) \(options)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return path
  }

  /// A request of DEBT-01 in the outbox, approved by two people.
  func approveRequest() throws {
    #expect(try type("debt apply \(try plan("first.json", "--customer DEBT-01"))").status == 0)
    let list = try json("review list --kind approval", as: "janis")
    let id = try #require(list["cases"]?[0]?["case"]?.stringValue)
    for (line, name) in [
      ("review claim \(id)", "janis"), ("review show \(id)", "janis"),
      (
        "review decide \(id) --confirm --code J-FACTS --text 'The notices were read and the account looked at.'",
        "janis"
      ),
      ("review show \(id)", "liga"), ("review approve \(id)", "liga"),
    ] {
      let outcome = try type(line, as: name)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    }
    #expect(try type("debt apply \(try plan("second.json", "--customer DEBT-01"))").status == 0)
  }

  /// What belongs to this run: runs, effects, decisions' instants, hashes.
  func masked(_ text: String) -> String {
    let told = text.replacing(scratch.folder.path, with: "FOLDER")
      .replacing(/\bR-[0-9a-f]{16}\b/, with: "R-RUN").replacing(/\bE-[0-9a-f]{32}\b/, with: "E-EFFECT")
      .replacing(/\b[0-9a-f]{64}\b/, with: "HASH")
    return days.masked(told)
  }
}
