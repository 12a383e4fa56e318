/// The mark that a service is running on a database, seen by all processes, until the value is let go of.
///
/// It ends with its process, however that ends.
public final class ServicePresence: Sendable {
  private let file: TurnFile

  /// Announces a service.
  init(database: String) throws(SQLiteError) {
    file = try TurnFile.open(beside: database)
    // Several services share the place; nobody ever takes it alone.
    _ = try file.lock(.service, shared: true, waiting: false)
  }
}

extension Database {
  /// Announces that a service answers from this database, so that long writers keep their transactions short.
  ///
  /// Keep the value for as long as the service runs.
  public func announceService() throws(SQLiteError) -> ServicePresence {
    try ServicePresence(database: resolvedPath)
  }

  /// Whether a service, of this or another process, has announced itself.
  public var isServed: Bool {
    TurnFile.look(beside: resolvedPath)?.isHeld(.service) ?? false
  }
}
