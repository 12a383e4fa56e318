/// The plan of the house: which room may know which.
///
/// What a room's imports may import, it may.
enum Plan {
  static let rooms: [String: [String]] = [
    "CSQLite": [],
    "Values": [],
    "SHA256Instructions": ["Values"],
    "Formats": ["Values"],
    "SQLite": ["CSQLite"],
    "Terminal": [],
    "CLinux": [],
    "HTTPServer": ["CLinux"],
    "HTTPClient": [],
    "FEEL": ["Values"],
    "DMN": ["FEEL", "Formats"],
    "Facts": ["Values"],
    "FactStore": ["SQLite", "Facts"],
    "Safeguards": ["Facts", "Formats"],
    "AuditLog": ["Formats", "SQLite"],
    "Access": ["FactStore", "AuditLog"],
    "Ingestion": ["FEEL", "FactStore", "AuditLog", "HTTPClient"],
    "Decisioning": ["DMN", "FactStore", "AuditLog"],
    "Explanation": ["Decisioning"],
    "DebtManagement": ["Access", "DMN", "Explanation", "HTTPClient", "Safeguards"],
    "PolicyChecks": ["DebtManagement", "HumanReview"],
    "HumanReview": ["Access", "Explanation"],
    "Rerating": ["Decisioning"],
    "SyntheticPortfolio": ["Facts", "Formats"],
    "RegisterSimulator": ["Formats", "HTTPServer"],
    "DecisionService": ["DebtManagement", "HTTPServer", "HumanReview", "Ingestion"],
    "bonitas": [
      "DecisionService", "HumanReview", "PolicyChecks", "RegisterSimulator", "Rerating", "Ingestion",
      "SHA256Instructions", "SyntheticPortfolio", "Terminal",
    ],
    "Benchmarks": [
      "DebtManagement", "HTTPServer", "HumanReview", "Rerating", "Ingestion", "SHA256Instructions",
      "Safeguards", "SyntheticPortfolio",
    ],
  ]

  /// Modules of the toolchain that any room may import.
  static let toolchain: Set<String> = ["Swift", "Synchronization", "Dispatch"]

  /// Files and folders that may import Foundation, FoundationXML or Glibc, and why.
  static let systemModules: [(prefix: String, modules: Set<String>)] = [
    // Whether the processor has the instructions, and these.
    ("Sources/Values/SHA256Acceleration.swift", ["_Builtin_intrinsics"]),
    ("Sources/SHA256Instructions/", ["_Builtin_intrinsics"]),
    // Files and blocks; XML (libxml2 behind FoundationXML).
    ("Sources/Formats/", ["Foundation", "FoundationXML", "Glibc"]),
    // The state of a file before SQLite opens it.
    ("Sources/SQLite/", ["Glibc"]),
    // Sockets, epoll, threads, the monotonic clock of its timers.
    ("Sources/HTTPServer/Sockets/", ["Glibc"]),
    // URLSession.
    ("Sources/HTTPClient/", ["Foundation", "FoundationNetworking"]),
    // Modes of the terminal, its size, signals.
    ("Sources/Terminal/Session/", ["Glibc"]),
    // The folder that the outbox sends to.
    ("Sources/DebtManagement/Outbox/OutboxFolder.swift", ["Glibc"]),
    // The tables of the time zones.
    ("Sources/FEEL/Temporal/TimeZoneRules.swift", ["Foundation"]),
    // Models and rule sets are read from a folder.
    ("Sources/DMN/Reading/ModelFolder.swift", ["Foundation"]),
    ("Sources/Decisioning/Policy/RuleSetFiles+Folder.swift", ["Foundation"]),
    // Scripts are read from a folder.
    ("Sources/RegisterSimulator/RegisterScripts+Folder.swift", ["Foundation"]),
    // Files are written.
    ("Sources/SyntheticPortfolio/TableFile.swift", ["Foundation"]),
    // Standard streams, the clock, files, exit.
    ("Sources/bonitas/", ["Foundation", "Glibc"]),
    ("Sources/Benchmarks/", ["Foundation", "Glibc"]),
  ]

  /// Whether a file may import a module of the system.
  static func allows(_ module: String, in path: String) -> Bool {
    let name = cLibraries.contains(module) ? "Glibc" : module
    return systemModules.contains { path.hasPrefix($0.prefix) && $0.modules.contains(name) }
  }

  /// The system's C library under its names on other systems.
  static let cLibraries: Set<String> = ["Glibc", "Musl", "Darwin"]

  /// Only here may a clock be read or chance be used.
  static let edges: Set<String> = ["bonitas", "Benchmarks"]

  /// Everything that a room may import of the house, its imports' imports included.
  static func reachable(from room: String) -> Set<String> {
    var reached: Set<String> = []
    var open = rooms[room] ?? []
    while let next = open.popLast() {
      if reached.insert(next).inserted { open += rooms[next] ?? [] }
    }
    return reached
  }
}
