import DMN
import Foundation
import TestSupport
import Testing
import Values

/// The conformance suite, counted by area; the figures may only rise.
@Suite struct ConformanceTests {
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
    for file in files {
      let tally = try ConformanceSuite.run(file, now: now)
      total += tally
      lines.append(Self.line(file.area, tally))
    }
    print((lines + [Self.line(level, total)]).joined(separator: "\n"))
    if !total.failures.isEmpty { print(total.failures.prefix(400).joined(separator: "\n")) }
    let floor = try Self.floor(of: level)
    #expect(total.passed >= floor, "\(level): \(total.passed) of \(total.cases) pass, the floor is \(floor)")
  }

  private static func line(_ name: String, _ tally: ConformanceSuite.Tally) -> String {
    let name = name.padding(toLength: 44, withPad: " ", startingAt: 0)
    return "\(name) \(tally.passed)/\(tally.cases), with a value \(tally.passedWithValue)/\(tally.withValue)"
  }

  /// The number of cases that have to pass, from the file beside this one.
  private static func floor(of level: String) throws -> Int {
    let file = Repository.root.appending(path: "Tests/DMNTests/conformance-floor.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix(level + " ") })
    return try #require(line.split(separator: " ").last.flatMap { Int($0) })
  }
}
