import Foundation
import TestSupport
import Testing

/// The sources as they are: what DESIGN calls the plan of the house holds.
@Suite struct ArchitectureTests {
  private static let house = Inspection(
    manifest: Manifest(text(of: Repository.root.appending(path: "Package.swift"))),
    sources: swiftFiles(below: "Sources"))

  @Test func everyTargetIsInThePlanAndPointsDown() {
    #expect(Self.house.manifest.dependencies.count > 15)
    #expect(Self.house.manifestFindings() == [])
  }

  @Test func everyImportIsAllowedAndDeclared() {
    #expect(Self.house.sources.count > 15)
    #expect(Self.house.importFindings() == [])
  }

  @Test func clockAndChanceEnterAtTheEdgeOnly() {
    #expect(Self.house.purityFindings() == [])
  }

  @Test func nothingIsForced() {
    #expect(Self.house.trapFindings() == [])
  }

  @Test func noFileIsLongerThanTheCeiling() {
    let tests = Inspection(manifest: Self.house.manifest, sources: Self.swiftFiles(below: "Tests"))
    #expect(Self.house.lengthFindings() + tests.lengthFindings() == [])
  }

  private static func text(of file: URL) -> String {
    (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  private static func swiftFiles(below folder: String) -> [Inspection.Source] {
    let root = Repository.root.appending(path: folder)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      Inspection.Source(path: "\(folder)/\(name)", text: text(of: root.appending(path: name)))
    }
  }
}
