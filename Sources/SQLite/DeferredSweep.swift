/// Fills a deferred index in many short transactions, for a program whose writers must not wait.
///
/// A sweep collects the entries of the tail from a snapshot, sorts them, and stores them in slices of the index's order,
/// so that each page is written once a sweep. The mark moves when all are stored. Nothing is lost when the program ends
/// in between: the next sweep stores the same entries again.
public struct DeferredSweep: Sendable {
  private let index: DeferredIndex
  /// The sorted entries that are still to be stored, as many values each as the index has columns.
  private var values: [StoredValue] = []
  private var next = 0
  private var generation = 0
  private var last = 0
  private let width: Int

  /// Sweeps for an index.
  public init(_ index: DeferredIndex) {
    self.index = index
    width = index.columns.count + 1
  }

  /// Whether there is nothing to store before the next collection.
  public var isDone: Bool { next == values.count && last == 0 }

  /// How many entries are still to be stored.
  public var remaining: Int { (values.count - next) / width }

  /// Collects the entries of the tail, once the last sweep is done and the tail has some length.
  ///
  /// Takes a microsecond a row: not in a write.
  ///
  /// - Parameters:
  ///   - rows: about how many rows the tail must have for a sweep; the longer, the more entries share a page.
  ///   - most: how many rows a sweep takes at most, those with the last key apart.
  /// - Returns: whether there is something to store.
  public mutating func collect(
    from rows: Int, atMost most: Int = 65_536, in reader: Reader
  ) throws(SQLiteError) -> Bool {
    if !isDone { return true }
    values.removeAll(keepingCapacity: true)
    next = 0
    last = 0
    let mark = try index.mark(in: reader)
    guard index.isBehind(mark, by: rows) else { return false }
    generation = mark.generation
    // Where keys are single they are not counted, which takes a look at every row.
    last =
      index.rowsPerKey == 1 && mark.newest - mark.filled <= most
      ? mark.newest : try index.last(of: max(1, most), after: mark, in: reader)
    let statement = try reader.prepare(index.entries)
    try statement.bindAll(mark.filled, last)
    while try statement.step() {
      for column in 0..<width { values.append(try StoredValue(statement.row, column)) }
    }
    return true
  }

  /// Stores some of the entries in the transaction under way, and moves the mark with the last of them.
  ///
  /// When the transaction is not committed, the caller has to give this sweep up and begin another.
  public mutating func fill(_ entries: Int, in transaction: WriteTransaction) throws(SQLiteError) {
    if isDone { return }
    guard try index.mark(in: transaction).generation == generation else {
      // Something that was collected may have been deleted since.
      self = DeferredSweep(index)
      return
    }
    let statement = try transaction.prepare(index.insertion)
    let end = min(values.count, next + max(1, entries) * width)
    while next < end {
      for column in 0..<width { try values[next + column].bind(to: statement, at: column + 1) }
      try statement.run()
      next += width
    }
    if next == values.count {
      try index.move(to: last, in: transaction)
      last = 0
    }
  }
}

/// A value of an index's column.
private enum StoredValue: Bindable, Sendable {
  case integer(Int)
  case text(String)
  case blob([UInt8])

  init(_ row: Row, _ column: Int) throws(SQLiteError) {
    switch row.storage(column) {
    case .text: self = .text(try row.text(column))
    case .blob: self = .blob(try row.blob(column))
    default: self = .integer(try row.integer(column))
    }
  }

  func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    switch self {
    case .integer(let value): try statement.bind(position, value)
    case .text(let value): try statement.bind(position, value)
    case .blob(let value): try statement.bind(position, value)
    }
  }
}
