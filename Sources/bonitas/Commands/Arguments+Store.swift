import FactStore
import SQLite

extension Arguments {
  /// The database of this call; a missing file is made only where `mode` says so.
  func store(_ edge: Edge, _ mode: Database.Mode = .existing) throws(Failure) -> FactStore {
    let path = database(edge)
    do throws(SQLiteError) {
      return try FactStore(path: path, mode: mode)
    } catch {
      if error.kind == .cannotOpen(.missingFile) {
        throw Failure(
          "no-database",
          "There is no database \(visible(path)): 'bonitas ingest FILE...' makes one, --database names another."
        )
      }
      throw Failure(error)
    }
  }
}
