/// One step of a room's schema, applied once, in a transaction of its own.
///
/// Each room numbers its own steps; the program lists the rooms' steps in the order in which they are applied to a
/// new database. The schema version of a file (`user_version`) is the number of steps applied to it.
public struct Migration: Sendable {
  /// The room whose tables it makes, like `facts`.
  public let room: String
  /// Its place among the steps of the room, from 1.
  public let number: Int
  /// What it does, in a few words.
  public let name: String
  /// The statements, in order.
  public let statements: [String]

  /// The deferred indexes that it makes.
  public let indexes: [DeferredIndex]

  /// Describes a step.
  ///
  /// - Parameter indexes: deferred indexes, made and filled after the statements.
  public init(
    room: String, number: Int, name: String, statements: [String], indexes: [DeferredIndex] = []
  ) {
    self.room = room
    self.number = number
    self.name = name
    self.statements = statements + indexes.flatMap(\.definition)
    self.indexes = indexes
  }
}
