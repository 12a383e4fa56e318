import Formats
import Foundation
import TestSupport
import Testing

@testable import bonitas

/// The whole path as a stranger walks it: demo, its next commands, ingest, rate, explain, replay, export.
@Suite struct PathTests {
  private let house = Program(folder: Repository.root)

  /// Instants and digests are of this run; everything else is kept.
  private func masked(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\dT[0-9:.]+Z/, with: "INSTANT")
      .replacing(/\b[0-9a-f]{12}\b/, with: "VERSION").replacing(/\bE-[0-9a-f]{32}\b/, with: "E-EFFECT")
  }

  @Test func demoTellsItsStoryAndMayBeRepeated() throws {
    let scratch = try Scratch()
    let database = scratch.path("demo.db")
    let first = try house.run(["demo", "--database", database])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors == "")
    let parts = first.output.components(separatedBy: "\nType next\n")
    #expect(parts.count == 2)
    Golden.expect(masked(parts[0]), named: "demo.txt")

    let lines = parts[1].split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    for line in lines {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", line]
      process.currentDirectoryURL = Repository.root
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "as typed: \(line)")
    }

    let before = try hashes(database)
    let second = try house.run(["demo", "--database", database])
    #expect(second.status == 0, "\(second.errors)")
    #expect(try hashes(database) == before)
    #expect(second.output.contains("327 of them with an unchanged decision"))
  }

  @Test func demoLeavesADatabaseWithOtherDataAlone() throws {
    let scratch = try Scratch()
    let database = scratch.path("own.db")
    #expect(
      try house.run(["ingest", "sample-data/cast/customers.csv", "--database", database]).status == 0)
    let before = try hashes(database)
    let outcome = try house.run(["demo", "--database", database])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("holds other data (of the source 'supplier'); nothing was changed in it."))
    #expect(try hashes(database) == before)
  }

  @Test func ingestingTwiceAndInAnotherOrderChangesNothing() throws {
    let scratch = try Scratch()
    let files = try sampleFiles()
    let first = try house.run(["ingest"] + files + ["--database", scratch.path("a.db")])
    #expect(first.status == 3)
    Golden.expect(first.output, named: "ingest.txt")
    let before = try hashes(scratch.path("a.db"))
    let again = try house.run(["ingest"] + files + ["--database", scratch.path("a.db"), "--json"])
    #expect(again.status == 3)
    let report = try JSONReader.parse(again.output)
    #expect(report["quarantined"]?.integerValue == 22)
    for file in report["files"]?.arrayValue ?? [] { #expect(file["storedTotal"]?.integerValue == 0) }
    #expect(try hashes(scratch.path("a.db")) == before)

    let reversed = try house.run(["ingest"] + files.reversed() + ["--database", scratch.path("b.db")])
    #expect(reversed.status == 3)
    #expect(try hashes(scratch.path("b.db")).store == before.store)

    let list = try house.run(["quarantine", "list", "--database", scratch.path("a.db")])
    #expect(list.status == 0)
    Golden.expect(list.output, named: "quarantine-list.txt")
  }

  @Test func aDryRunStoresNothing() throws {
    let scratch = try Scratch()
    let database = scratch.path("dry.db")
    let outcome = try house.run([
      "ingest", "sample-data/cast/customers.csv", "--dry-run", "--database", database,
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Nothing was stored: this was a dry run."))
    let doctor = try JSONReader.parse(try house.run(["doctor", "--json", "--database", database]).output)
    #expect(doctor["customers"]?.integerValue == 0)
  }

  /// A good, a bad, a new, an insolvent, a quarantined, a protected and a reachable customer, in three languages.
  @Test func explainsToCustomers() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("cast.db")]
    let files = try sampleFiles()
    #expect([0, 3].contains(try house.run(["ingest"] + files + database).status))
    let day = ["--business-date", "2026-06-30"]
    #expect(try house.run(["rerate"] + day + database).status == 0)
    for language in ["en", "lv", "et"] {
      var letters = ""
      for customer in ["CAST-12", "CAST-14", "CAST-01", "CAST-06", "CAST-20", "CAST-17", "CAST-02"] {
        let explained = try house.run(
          ["explain", "--customer", customer, "--audience", "customer", "--language", language] + database)
        #expect(explained.status == 0, "\(explained.errors)")
        letters += explained.output + "\n"
      }
      Golden.expect(masked(letters), named: "letters-\(language).txt")
    }
  }

  @Test func ratesExplainsReplaysAndExports() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("cast.db")]
    let files = try sampleFiles().filter { $0.contains("/cast/") }
    #expect(try house.run(["ingest"] + files + database).status == 0)
    let day = ["--business-date", "2026-06-30"]

    let features = try house.run(["features", "show", "CAST-14"] + day + database)
    #expect(features.status == 0, "\(features.errors)")
    Golden.expect(features.output, named: "features-show.txt")

    let rated = try house.run(["rate", "CAST-14"] + day + database)
    #expect(rated.status == 0, "\(rated.errors)")
    Golden.expect(rated.output, named: "rate.txt")

    for language in ["en", "lv", "et"] {
      let explained = try house.run(["explain", "D-1", "--language", language] + database)
      #expect(explained.status == 0, "\(explained.errors)")
      Golden.expect(masked(explained.output), named: "explain-\(language).txt")
    }
    let document = try JSONReader.parse(try house.run(["explain", "1", "--json"] + database).output)
    #expect(document["customer"]?.stringValue == "CAST-14")

    let pass = try house.run(["rerate"] + day + database)
    #expect(pass.status == 0, "\(pass.errors)")
    Golden.expect(pass.output, named: "rerate.txt")
    let replay = try house.run(["replay", "--all"] + database)
    #expect(replay.status == 0)
    #expect(replay.output == "21 decisions recomputed: every byte is the same.\n")

    let export = scratch.path("ratings.csv")
    #expect(try house.run(["ratings", "export", "--output", export] + database).status == 0)
    let rows = try String(contentsOfFile: export, encoding: .utf8).split(separator: "\n")
    #expect(rows.first == "customer,score,rating,outcome,decision,contested")
    #expect(rows.count == 22)
    let numbers = (1...21).map { "CAST-\($0 < 10 ? "0" : "")\($0)" }
    #expect(rows.dropFirst().map { String($0.prefix(7)) } == numbers)
    #expect(!FileManager.default.fileExists(atPath: export + ".partial"))
  }

  @Test func historyIsKnownFromTheInstantThatIsNamed() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("history.db")]
    let files = try sampleFiles().filter { $0.contains("/cast/") }
    #expect(try house.run(["ingest"] + files + ["--known-at", "2026-07-01"] + database).status == 0)
    let day = ["--business-date", "2026-06-30"]
    let early = try house.run(["rate", "CAST-14", "--known-at", "2026-06-30"] + day + database)
    #expect(early.status == 1)
    #expect(early.errors.contains("not known as of 2026-06-30"))
    #expect(try house.run(["rate", "CAST-14", "--known-at", "2026-07-02"] + day + database).status == 0)
  }

  @Test func generatesWhatTheSampleDataHolds() throws {
    let scratch = try Scratch()
    let folder = scratch.path("portfolio")
    let outcome = try house.run([
      "generate", "--customers", "20", "--seed", "2026", "--output", folder,
    ])
    #expect(outcome.status == 0)
    let made = try String(contentsOfFile: folder + "/customers.csv", encoding: .utf8)
    let sample = try String(
      contentsOf: Repository.root.appending(path: "sample-data/customers.csv"), encoding: .utf8)
    #expect(sample.hasPrefix(made))
    #expect(made.split(separator: "\n").count == 21)
  }

  private func hashes(_ database: String) throws -> (store: String?, decisions: String?) {
    try Inspection.hashes(database)
  }

  private func sampleFiles() throws -> [String] { try Inspection.sampleFiles() }
}

/// What the tests look up again and again.
enum Inspection {
  static func hashes(_ database: String) throws -> (store: String?, decisions: String?) {
    let outcome = try Program(folder: Repository.root).run(["doctor", "--json", "--database", database])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let report = try JSONReader.parse(outcome.output)
    return (report["storeHash"]?.stringValue, report["decisionHash"]?.stringValue)
  }

  /// The sample files as paths from the root of the repository.
  static func sampleFiles() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(
      atPath: Repository.root.appending(path: "sample-data").path)
    return names.filter { $0.hasSuffix(".csv") }.sorted().map { "sample-data/\($0)" }
  }
}
