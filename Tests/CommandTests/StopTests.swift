import Foundation
import TestSupport
import Testing

/// Stopping automated decisions from the command line: at once, told everywhere, lifted by another person.
@Suite struct StopTests {
  private func rated(_ scratch: Scratch, _ token: [String: String] = [:]) throws -> Program.Outcome {
    try scratch.program.run(
      [
        "rate", "CAST-02", "--business-date", "2026-06-30", "--json", "--database", "b.db",
        "--rules", Repository.root.appending(path: "rules").path,
      ], environment: token)
  }

  private func stocked() throws -> Scratch {
    let scratch = try Scratch()
    let cast = Repository.root.appending(path: "sample-data/cast")
    let loaded = try scratch.program.run(
      [
        "ingest", cast.appending(path: "customers.csv").path, cast.appending(path: "invoices.csv").path,
        cast.appending(path: "payments.csv").path, cast.appending(path: "arrears-entries.csv").path,
        cast.appending(path: "register-entries.csv").path, "--database", "b.db",
      ])
    #expect(loaded.status == 0, "\(loaded.errors)")
    return scratch
  }

  @Test func fromTheStopOnDecisionsReferUntilAnotherPersonLiftsIt() throws {
    let scratch = try stocked()
    let database = ["--database", "b.db"]
    let staff = try Staff(scratch.program, database: "b.db")
    let (anna, liga) = (staff.environment("anna"), staff.environment("liga"))
    #expect(try rated(scratch).output.contains("\"outcome\": \"accept\""))

    let noToken = try scratch.program.run(["stop", "--all", "--reason", "odd"] + database)
    #expect(noToken.status == 1)
    let stopped = try scratch.program.run(
      ["stop", "--all", "--reason", "odd scores"] + database, environment: anna)
    #expect(stopped.status == 0, "\(stopped.errors)")
    #expect(stopped.output.contains("by anna: odd scores (stop 1)."))

    let held = try rated(scratch)
    #expect(held.status == 0, "\(held.errors)")
    #expect(held.output.contains("\"outcome\": \"refer\""))
    #expect(held.output.contains("\"provision\": \"stop-switch\""))
    // Told with every command that opens the database.
    #expect(held.errors.contains("stopped: Automated decisions are stopped since"))

    let again = try scratch.program.run(["stop", "--all", "--reason", "twice"] + database, environment: liga)
    #expect(again.status == 1)
    #expect(again.errors.contains("They are stopped already, by anna"))
    let own = try scratch.program.run(
      ["stop", "lift", "1", "--reason", "fine"] + database, environment: anna)
    #expect(own.status == 1)
    #expect(own.errors.contains("another person has to lift it"))
    let lifted = try scratch.program.run(
      ["stop", "lift", "1", "--reason", "mended"] + database, environment: liga)
    #expect(lifted.status == 0, "\(lifted.errors)")
    let free = try rated(scratch)
    #expect(free.output.contains("\"outcome\": \"accept\""))
    #expect(!free.errors.contains("stopped:"))
    let list = try scratch.program.run(["stop", "list", "--json"] + database, environment: liga)
    #expect(list.output.contains("\"actor\": \"liga\""))

    let replayed = try scratch.program.run(["replay", "--all"] + database, environment: liga)
    #expect(replayed.status == 0, "\(replayed.output)")
    let verified = try scratch.program.run(["audit", "verify"] + database, environment: liga)
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test(arguments: [
    (
      ["stop", "--reason", "x"],
      "Say what to stop: --all, --policy for the rules in force today, or --version"
    ),
    (["stop", "--all", "--policy", "--reason", "x"], "Say what to stop"),
    (["stop", "--all"], "--reason"),
    (["stop", "--all", "--reason", "..."], "A reason in words is needed"),
    (["stop", "--version", "abcdef", "--reason", "x"], "abcdef"),
    (["stop", "now"], "now"),
  ])
  func whatIsUnclearIsRefused(words: [String], sentence: String) throws {
    let scratch = try stocked()
    let refused = try scratch.program.run(
      words + ["--database", "b.db", "--rules", Repository.root.appending(path: "rules").path])
    #expect(refused.status != 0)
    #expect(refused.errors.contains(sentence), "\(refused.errors)")
  }
}
