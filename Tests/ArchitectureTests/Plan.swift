/// The plan of the house: which room may know which.
///
/// What a room's imports may import, it may.
enum Plan {
  static let rooms: [String: [String]] = [
    "CSQLite": [],
    "Values": [],
    "Formats": ["Values"],
    "SQLite": ["CSQLite"],
    "FEEL": ["Values"],
    "DMN": ["FEEL", "Formats"],
    "Facts": ["Values"],
    "FactStore": ["SQLite", "Facts"],
    "Ingestion": ["Formats", "FEEL", "FactStore"],
    "Decisioning": ["DMN", "FactStore"],
    "Explanation": ["Decisioning"],
    "Rerating": ["Decisioning"],
    "SyntheticPortfolio": ["Facts", "Formats"],
    "bonitas": ["Explanation", "Rerating", "Ingestion", "SyntheticPortfolio"],
    "Benchmarks": ["Explanation", "Rerating", "Ingestion", "SyntheticPortfolio"],
  ]

  /// Modules of the toolchain that any room may import.
  static let toolchain: Set<String> = ["Swift", "Synchronization", "Dispatch"]

  /// Rooms that may import Foundation, FoundationXML or Glibc, and why.
  static let systemModules: [String: Set<String>] = [
    // The state of a file before SQLite opens it.
    "SQLite": ["Glibc"],
    // Models are read from a folder.
    "DMN": ["Foundation"],
    // Files, XML (libxml2 behind FoundationXML).
    "Formats": ["Foundation", "FoundationXML", "Glibc"],
    // Standard streams, the clock, exit.
    "bonitas": ["Foundation", "Glibc"],
    "Benchmarks": ["Foundation", "Glibc"],
  ]

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
