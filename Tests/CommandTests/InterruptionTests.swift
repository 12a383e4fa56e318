import Formats
import Foundation
import TestSupport
import Testing

/// Killed or out of room in the middle: what was stored is whole, and the next run ends as an undisturbed one.
@Suite(.serialized) struct InterruptionTests {
  private let house = Program(folder: Repository.root)

  /// Kills the run once the database's files are larger than they were by so much; false when it ended before.
  private func kill(_ running: Program.Running, when database: String, grewBy growth: Int) throws -> Bool {
    let before = size(database)
    while running.isRunning {
      if size(database) - before >= growth {
        running.kill()
        break
      }
      usleep(2000)
    }
    return try running.wait().status == -SIGKILL
  }

  private func size(_ database: String) -> Int {
    [database, database + "-wal"].reduce(0) { sum, path in
      sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    }
  }

  @Test func ingestKilledInTheMiddle() throws {
    let scratch = try Scratch()
    let files = ["sample-data/customers.csv", "sample-data/invoices.csv", "sample-data/payments.csv"]
    #expect(try house.run(["ingest"] + files + ["--database", scratch.path("calm.db")]).status == 0)
    let calm = try Inspection.hashes(scratch.path("calm.db"))

    var kills = 0
    let database = scratch.path("killed.db")
    for growth in [1, 200_000, 900_000] {
      let running = try house.start(["ingest"] + files + ["--database", database])
      if try kill(running, when: database, grewBy: growth) { kills += 1 }
      // Whatever is there is whole.
      if FileManager.default.fileExists(atPath: database) {
        #expect(try house.run(["doctor", "--database", database]).status == 0)
      }
    }
    #expect(kills > 0, "no run was killed in time; the test proves nothing")
    #expect(try house.run(["ingest"] + files + ["--database", database]).status == 0)
    #expect(try Inspection.hashes(database).store == calm.store)
  }

  @Test func rerateKilledInTheMiddle() throws {
    let scratch = try Scratch()
    // Customers without history: three chunks that are quickly rated.
    #expect(
      try house.run(["generate", "--customers", "2500", "--seed", "7", "--output", scratch.path("portfolio")])
        .status == 0)
    let database = scratch.path("rated.db")
    let customers = scratch.path("portfolio/customers.csv")
    #expect(try house.run(["ingest", customers, "--database", database]).status == 0)
    let calm = scratch.path("calm.db")
    #expect(try house.run(["ingest", customers, "--database", calm]).status == 0)

    let words = ["rerate", "--business-date", "2026-06-30", "--database"]
    #expect(try house.run(words + [calm]).status == 0)
    let expected = try Inspection.hashes(calm)

    let running = try house.start(words + [database])
    let killed = try kill(running, when: database, grewBy: 500_000)
    #expect(killed, "the run was not killed in time; the test proves nothing")
    // Each decision is there with its entry or not at all.
    let verified = try house.run(["audit", "verify", "--database", database])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(try house.run(["replay", "--all", "--database", database]).status == 0)
    #expect(try house.run(words + [database]).status == 0)
    let ended = try Inspection.hashes(database)
    #expect(ended.store == expected.store)
    #expect(ended.decisions == expected.decisions)
  }

  /// Needs root and the right to mount; elsewhere it says that it was left out.
  @Test func aFullDisk() throws {
    let scratch = try Scratch()
    let disk = scratch.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    guard geteuid() == 0, try system("mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk) == 0 else {
      print("left out: the test of a full disk needs root and the right to mount a tmpfs")
      return
    }
    defer { _ = try? system("umount", "-l", disk) }
    let files = ["sample-data/customers.csv", "sample-data/invoices.csv", "sample-data/payments.csv"]
    let database = disk + "/full.db"
    let outcome = try house.run(["ingest"] + files + ["--database", database])
    #expect(outcome.status == 1)
    #expect(outcome.errors.lowercased().contains("no room left on the disk"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "going on is in vain: \(outcome.errors)")

    #expect(try system("mount", "-o", "remount,size=64m", disk) == 0)
    #expect(try house.run(["ingest"] + files + ["--database", database]).status == 0)
    #expect(try house.run(["ingest"] + files + ["--database", scratch.path("calm.db")]).status == 0)
    #expect(
      try Inspection.hashes(database).store == Inspection.hashes(scratch.path("calm.db")).store)
  }

  private func system(_ words: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
