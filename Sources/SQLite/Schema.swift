/// What makes a file a database of one program: the mark in its header and the steps of its schema.
public struct Schema: Sendable {
  /// The program's name, for messages.
  public let product: String
  /// The mark in the file header (`PRAGMA application_id`).
  public let applicationID: Int32
  /// The steps, in the order in which a new database gets them.
  public let migrations: [Migration]

  /// The deferred indexes that the steps make.
  public let indexes: [DeferredIndex]

  /// Describes the databases of one program.
  public init(product: String, applicationID: Int32, migrations: [Migration]) {
    self.product = product
    self.applicationID = applicationID
    self.migrations = migrations
    indexes = migrations.flatMap(\.indexes)
  }
}
