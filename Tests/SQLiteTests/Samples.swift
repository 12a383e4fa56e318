import Foundation
import SQLite
import TestSupport

/// A schema of one table, as a program of the tests would have it.
enum Samples {
  static let notes = Migration(
    room: "notes", number: 1, name: "notes",
    statements: [
      "CREATE TABLE note (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body BLOB, size INTEGER) STRICT",
      "CREATE TABLE tag (note INTEGER NOT NULL REFERENCES note(id), name TEXT NOT NULL) STRICT",
    ])
  static let titles = Migration(
    room: "notes", number: 2, name: "titles are unique",
    statements: ["CREATE UNIQUE INDEX note_title ON note (title)"])

  static func schema(_ migrations: [Migration]) -> Schema {
    Schema(product: "sample", applicationID: 0x7361_6D70, migrations: migrations)
  }

  static func database(_ folder: TemporaryFolder, _ migrations: [Migration] = [notes]) throws -> Database {
    try Database(path: folder.file("sample.db"), schema: schema(migrations))
  }

  static func database(at path: String) throws -> Database {
    try Database(path: path, schema: schema([notes]))
  }
}
