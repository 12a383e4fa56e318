import DMN
import Foundation
import TestSupport
import Testing
import Values

/// The conformance suite, counted by area; the figures may only rise.
@Suite(.serialized) struct ConformanceTests {
  @Test(arguments: ["compliance-level-2", "compliance-level-3"])
  func passesAtLeastTheFloor(level: String) throws {
    let files = try ConformanceSuite.files(level: level)
    guard !files.isEmpty else {
      #expect(!Repository.requiresShared, "the conformance suite is not there")
      print("\(level): left out, the shared folder is not there")
      return
    }
    // A fixed moment: the cases that use now() and today() ask only for kinds and differences.
    let now = CivilDateTime("2026-05-14T08:30:00Z")
    var total = ConformanceSuite.Tally()
    var lines: [String] = []
    var areas: [(name: String, tally: ConformanceSuite.Tally)] = []
    for file in files {
      let tally = try ConformanceSuite.run(file, now: now)
      total += tally
      areas.append((file.area, tally))
      lines.append(Self.line(file.area, tally))
    }
    print((lines + [Self.line(level, total)]).joined(separator: "\n"))
    if !total.failures.isEmpty { print(total.failures.prefix(400).joined(separator: "\n")) }
    try Self.compare(areas: areas, level: level)
    let floor = try Self.floor(of: level)
    #expect(total.passed >= floor, "\(level): \(total.passed) of \(total.cases) pass, the floor is \(floor)")
  }

  private static func line(_ name: String, _ tally: ConformanceSuite.Tally) -> String {
    let name = name.padding(toLength: 44, withPad: " ", startingAt: 0)
    return "\(name) \(tally.passed)/\(tally.cases), with a value \(tally.passedWithValue)/\(tally.withValue)"
  }

  /// The page on the engine shows these figures; `BONITAS_RECORD=1` writes them there.
  private static func compare(
    areas: [(name: String, tally: ConformanceSuite.Tally)], level: String
  ) throws {
    let page = Repository.root.appending(path: "docs/dmn-engine.md")
    let rows = areas.map { name, tally in
      "| \(name) | \(tally.passed) of \(tally.cases) | \(tally.passedWithValue) of \(tally.withValue) |"
    }
    let heading = ["| \(level) | passed | with a value |", "|---|---|---|"]
    let table = (heading + rows).joined(separator: "\n")
    var text = try String(contentsOf: page, encoding: .utf8)
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" {
      // The levels are written one after the other: a level's table ends at the next blank line.
      if let start = text.range(of: heading[0]) {
        let end = text[start.lowerBound...].range(of: "\n\n")?.lowerBound ?? text.endIndex
        text.replaceSubrange(start.lowerBound..<end, with: table)
      } else {
        text += "\n" + table + "\n"
      }
      try text.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(text.contains(table), "docs/dmn-engine.md shows other figures; record with BONITAS_RECORD=1")
  }

  /// The number of cases that have to pass, from the file beside this one.
  private static func floor(of level: String) throws -> Int {
    let file = Repository.root.appending(path: "Tests/DMNTests/conformance-floor.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix(level + " ") })
    return try #require(line.split(separator: " ").last.flatMap { Int($0) })
  }
}
