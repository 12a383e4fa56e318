import Facts
import Formats
import Foundation
import TestSupport
import Values

/// A canonical CSV file as read back.
struct Table {
  let kind: FactKind
  /// Rows with as many fields as the header.
  var rows: [[FieldValue]] = []
  /// Lines that are no such rows.
  var broken = 0

  init?(_ kind: FactKind, in folder: URL) throws {
    let path = folder.appending(path: "\(kind.layout).csv").path
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    self.kind = kind
    let reader = CSVReader(try ByteSource(path: path))
    let columns = kind.fields.map(\.name.rawValue)
    guard try reader.step() == .row else { return nil }
    let header = Array(reader.texts)
    guard header == columns || header == Array(columns.prefix(kind.foundingFieldCount)) else { return nil }
    reader.expectedFields = header.count
    reading: while true {
      switch try reader.step() {
      case .row: rows.append(reader.texts.map { .text($0) })
      case .bad: broken += 1
      case .end: break reading
      }
    }
  }

  static let sampleData = Repository.root.appending(path: "sample-data")

  /// All facts of a folder by customer number; those who are named by identifier are found by it.
  static func customers(in folder: URL) throws -> [String: CustomerFacts] {
    var customers: [String: CustomerFacts] = [:]
    var numbers: [Identifier: String] = [:]
    var nextID = 1
    for kind in FactKind.allCases {
      for row in try Table(kind, in: folder)?.rows ?? [] {
        let fact = try Fact.make(kind, values: row)
        if case .customer(let customer) = fact, let identifier = customer.identifier {
          numbers[identifier] = customer.number
        }
        let number: String? =
          switch fact.customer {
          case .number(let number): number
          case .identifier(let identifier): numbers[identifier]
          }
        guard let number else { continue }
        customers[number, default: CustomerFacts()].append(
          fact, factID: nextID,
          provenance: Provenance(
            source: "sample", contentHash: fact.contentHash, knownFrom: .init(microseconds: 0), sequence: 1))
        nextID += 1
      }
    }
    return customers
  }
}

/// A folder that is removed at the end of a test.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "bonitas-\(UUID().uuidString)")

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func bytes(_ kind: FactKind) throws -> Data {
    try Data(contentsOf: url.appending(path: "\(kind.layout).csv"))
  }
}
