// swift-tools-version: 6.2

import PackageDescription

// The rooms of the house, floor by floor. A target may name only targets of the floors below it;
// Tests/ArchitectureTests reads this list and every `import` in Sources and fails on an arrow that points up.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [String] = [], _ settings: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: strict + settings)
}

// One room is entered only on processors that have these instructions.
#if arch(x86_64)
  let shaExtensions: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-msha", "-Xcc", "-msse4.1"])]
#else
  let shaExtensions: [SwiftSetting] = []
#endif

func tests(_ name: String, _ dependencies: [String], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies.map { .byName(name: $0) }, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "bonitas",
  products: [
    .executable(name: "bonitas", targets: ["bonitas"]),
    .library(name: "DMN", targets: ["DMN"]),
    .library(name: "FEEL", targets: ["FEEL"]),
  ],
  targets: [
    // ground: exact values, formats, storage
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    room("Values"),
    room("SHA256Instructions", ["Values"], shaExtensions),
    room("Formats", ["Values"]),
    room("SQLite", ["CSQLite"]),
    room("Terminal"),
    .systemLibrary(name: "CLinux"),
    room("HTTPServer", ["CLinux"]),
    room("HTTPClient"),

    // engine: usable alone, names nothing of credit
    room("FEEL", ["Values"]),
    room("DMN", ["FEEL", "Formats", "Values"]),

    // domain: facts and where they rest
    room("Facts", ["Values"]),
    room("FactStore", ["Facts", "SQLite", "Values"]),
    room("AuditLog", ["Formats", "SQLite", "Values"]),
    room("Access", ["AuditLog", "FactStore", "Facts", "Formats", "SQLite", "Values"]),
    room(
      "Ingestion", ["AuditLog", "FactStore", "Facts", "FEEL", "Formats", "HTTPClient", "SQLite", "Values"]),

    // domain: what the law says of restrictions, apart from every policy
    room("Safeguards", ["Facts", "Formats", "Values"]),

    // decision
    room("Decisioning", ["AuditLog", "DMN", "FEEL", "FactStore", "Facts", "Formats", "SQLite", "Values"]),
    room("Explanation", ["Decisioning", "Facts", "Formats", "Values"]),
    room(
      "PolicyChecks",
      [
        "DMN", "DebtManagement", "Decisioning", "FEEL", "Facts", "Formats", "HumanReview", "Safeguards",
        "Values",
      ]),
    room(
      "HumanReview",
      [
        "Access", "AuditLog", "DMN", "Decisioning", "Explanation", "FEEL", "FactStore", "Facts", "Formats",
        "SQLite", "Values",
      ]),
    room("Rerating", ["AuditLog", "Decisioning", "FactStore", "Facts", "SQLite", "Values"]),

    room(
      "DebtManagement",
      [
        "Access", "AuditLog", "DMN", "Decisioning", "Explanation", "FEEL", "FactStore", "Facts", "Formats",
        "HTTPClient", "SQLite", "Safeguards", "Values",
      ]),

    // callers
    room("SyntheticPortfolio", ["Facts", "Values"]),
    room("RegisterSimulator", ["Formats", "HTTPServer", "Values"]),
    room(
      "DecisionService",
      [
        "Access", "AuditLog", "DebtManagement", "Decisioning", "Explanation", "FactStore", "Facts", "Formats",
        "HTTPClient", "HTTPServer", "HumanReview", "Ingestion", "SQLite", "Values",
      ]),
    .executableTarget(
      name: "bonitas",
      dependencies: [
        "Access", "AuditLog", "CLinux", "DMN", "DebtManagement", "Decisioning", "Explanation", "FEEL",
        "FactStore", "Facts", "Formats", "HTTPClient", "HTTPServer", "HumanReview", "Ingestion",
        "PolicyChecks",
        "RegisterSimulator", "Rerating", "SHA256Instructions", "SQLite", "Safeguards",
        "SyntheticPortfolio", "Terminal", "Values", "DecisionService",
      ],
      swiftSettings: strict),

    // beside
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Access", "AuditLog", "CLinux", "CSQLite", "DMN", "DebtManagement", "Decisioning", "FEEL",
        "FactStore",
        "Facts", "Formats", "HTTPServer", "HumanReview", "Ingestion", "SHA256Instructions", "SQLite",
        "Safeguards", "SyntheticPortfolio", "Values",
      ],
      // Programs in C that the scripts compile to measure and to break the service with.
      exclude: ["Peers"], swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),

    tests("ArchitectureTests", ["TestSupport"]),
    tests("ValuesTests", ["Values", "SHA256Instructions", "TestSupport"]),
    tests("FormatsTests", ["Formats", "Values", "TestSupport"]),
    tests("TerminalTests", ["Terminal", "TestSupport"]),
    tests("HTTPServerTests", ["HTTPServer", "TestSupport"]),
    tests("HTTPClientTests", ["HTTPClient", "HTTPServer", "TestSupport"]),
    tests(
      "RegisterSimulatorTests",
      ["RegisterSimulator", "Formats", "HTTPClient", "HTTPServer", "Values", "TestSupport"]),
    tests("SQLiteTests", ["SQLite", "TestSupport"]),
    tests("FEELTests", ["FEEL", "Values", "TestSupport"], exclude: ["Cases"]),
    tests(
      "DMNTests", ["DMN", "FEEL", "Formats", "Values", "TestSupport"], exclude: ["conformance-floor.txt"]),
    tests("FactsTests", ["Facts", "Values", "TestSupport"]),
    tests("FactStoreTests", ["FactStore", "Facts", "SQLite", "Values", "TestSupport"]),
    tests(
      "IngestionTests",
      [
        "Ingestion", "AuditLog", "FactStore", "Facts", "FEEL", "Formats", "HTTPClient", "HTTPServer",
        "RegisterSimulator", "SQLite", "Values", "TestSupport",
      ]),
    tests(
      "SafeguardsTests", ["Safeguards", "Facts", "Formats", "Values", "TestSupport"], exclude: ["Cases"]),
    tests(
      "DebtManagementTests",
      [
        "DebtManagement", "Access", "AuditLog", "DMN", "Decisioning", "Explanation", "FEEL", "FactStore",
        "Facts", "Formats", "HTTPClient", "HTTPServer", "HumanReview", "SQLite", "Safeguards", "Values",
        "TestSupport",
      ], exclude: ["Golden"]),
    tests(
      "AccessTests",
      ["Access", "AuditLog", "FactStore", "Facts", "Formats", "SQLite", "Values", "TestSupport"]),
    tests("AuditLogTests", ["AuditLog", "Formats", "SQLite", "Values", "TestSupport"]),
    tests(
      "DecisioningTests",
      [
        "Decisioning", "AuditLog", "DMN", "FEEL", "SQLite", "FactStore", "Facts", "Formats", "Values",
        "TestSupport",
      ]),
    tests("ExplanationTests", ["Explanation", "Decisioning", "Facts", "Formats", "Values", "TestSupport"]),
    tests(
      "PolicyChecksTests",
      ["PolicyChecks", "Decisioning", "DMN", "FEEL", "Formats", "Values", "TestSupport"]),
    tests(
      "HumanReviewTests",
      [
        "HumanReview", "Access", "AuditLog", "Decisioning", "FactStore", "Facts", "Formats", "SQLite",
        "Values", "TestSupport",
      ]),
    tests(
      "ReratingTests",
      [
        "Rerating", "AuditLog", "Decisioning", "FactStore", "Facts", "Formats", "SQLite", "Values",
        "TestSupport",
      ]),
    tests(
      "DecisionServiceTests",
      [
        "DecisionService", "Access", "AuditLog", "Decisioning", "FactStore", "Facts", "Formats", "HTTPClient",
        "HTTPServer", "HumanReview", "Ingestion", "SQLite", "Values", "TestSupport",
      ]),
    tests("BenchmarksTests", ["Benchmarks", "Decisioning", "SyntheticPortfolio", "TestSupport"]),
    tests(
      "SyntheticPortfolioTests",
      ["SyntheticPortfolio", "Facts", "Formats", "Values", "TestSupport"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "bonitas", "Access", "Decisioning", "FactStore", "Formats", "SQLite", "Terminal", "Values",
        "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
  ]
)

// Fuzz targets link libFuzzer and are no part of an ordinary build: scripts/fuzz.sh asks for them.
if Context.environment["BONITAS_FUZZ"] == "1" {
  package.targets.append(.target(name: "FuzzDriver", path: "Tests/Fuzz/Driver", swiftSettings: strict))
  package.targets += ["CSV", "Certificate", "FEEL", "HTTP", "JSON", "Mapping", "Plan", "Values", "XML"].map {
    name in
    .executableTarget(
      name: "Fuzz\(name)",
      dependencies: [
        "FuzzDriver", "DMN", "DebtManagement", "FEEL", "Formats", "HTTPServer", "Ingestion", "Safeguards",
        "Values",
      ],
      path: "Tests/Fuzz/\(name)",
      exclude: ["Certificate", "HTTP", "Plan"].contains(name) ? ["Seeds"] : [], swiftSettings: strict)
  }
}
