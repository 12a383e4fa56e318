import Testing

/// The inspection finds what it is for: every kind of violation, planted in memory.
@Suite struct PlantedViolationTests {
  private func house(_ room: String, _ text: String, manifest: String? = nil) -> Inspection {
    Inspection(
      manifest: Manifest(
        manifest ?? "targets: [\n  room(\"Values\"), // ground\n  room(\"FEEL\", [\"Values\"]),\n]"),
      sources: [Inspection.Source(path: "Sources/\(room)/Planted.swift", text: text)])
  }

  @Test func readsTheManifest() {
    let manifest = Manifest(
      """
        targets: [
          .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
          // a comment, with "quotes"
          room("SQLite", ["CSQLite"]),
          .executableTarget(
            name: "bonitas",
            dependencies: [
              "SQLite", "Values",
            ],
            swiftSettings: strict),
          tests("SQLiteTests", ["SQLite", "TestSupport"]),
        ]
      """)
    #expect(manifest.problems == [])
    #expect(manifest.dependencies["CSQLite"] == [])
    #expect(manifest.dependencies["SQLite"] == ["CSQLite"])
    #expect(manifest.dependencies["bonitas"] == ["SQLite", "Values"])
    #expect(manifest.dependencies["SQLiteTests"] == ["SQLite", "TestSupport"])
  }

  @Test(arguments: [
    "import DMN", "public import DMN", "@preconcurrency import DMN", "import struct DMN.Model",
    "/* a */ import DMN", "import DMN.Trace",
  ])
  func findsAnImportThatPointsUp(text: String) {
    #expect(house("FEEL", text).importFindings() == ["Sources/FEEL/Planted.swift:1: FEEL may not import DMN"])
  }

  @Test func findsAnUndeclaredImport() {
    let findings = house("DMN", "import Values").importFindings()
    #expect(findings == ["Sources/DMN/Planted.swift:1: Values is not a declared dependency of DMN"])
  }

  @Test func findsFoundationWhereTheRoomDoesWithout() {
    #expect(house("FEEL", "import Foundation").importFindings().count == 1)
    #expect(house("bonitas", "import Foundation").importFindings() == [])
  }

  @Test func findsATargetThatPointsUpOrIsUnknown() {
    let manifest = "targets: [\n  room(\"Values\", [\"FEEL\"]),\n  room(\"Attic\"),\n]"
    #expect(
      house("Values", "", manifest: manifest).manifestFindings() == [
        "Package.swift: target Attic is not in the plan of the house",
        "Package.swift: Values may not depend on FEEL",
      ])
  }

  @Test(arguments: [
    "let now = Date()", "Date.now", "ContinuousClock().now", "Int.random(in: 0..<3)", "time(nil)",
    "list.shuffled()", "var g = SystemRandomNumberGenerator()", "print(\"\\(Date())\")", "UUID()",
  ])
  func findsClockAndChance(text: String) {
    #expect(house("FEEL", text).purityFindings().count == 1)
    #expect(house("bonitas", text).purityFindings() == [])
  }

  @Test(arguments: [
    "// Date()", "\"Date()\"", "case time(CivilTime)", "Value.time(noon)", "func time(_ x: Int)",
    "Int.random(in: 0..<3, using: &generator)", "localtime(x)", "CivilDate()",
  ])
  func leavesInnocentWordsAlone(text: String) {
    #expect(house("FEEL", text).purityFindings() == [])
  }

  @Test(arguments: ["let x = y!", "try! f()", "x as! Int", "f()!.g", "a[0]!", "\"\\(x!)\"", "var x: Int!"])
  func findsForce(text: String) {
    #expect(house("FEEL", text).trapFindings().count == 1)
  }

  @Test(arguments: ["a != b", "a!=b", "!a", "f(!a)", "\"no!\"", "// x!", "#\"x\"y!\"#", "if !(a) {}"])
  func leavesNegationAlone(text: String) {
    #expect(house("FEEL", text).trapFindings() == [])
  }

  @Test func findsALongFile() {
    let line = "let a = 1\n"
    #expect(house("FEEL", String(repeating: line, count: 500)).lengthFindings() == [])
    #expect(house("FEEL", String(repeating: line, count: 501)).lengthFindings().count == 1)
  }
}
