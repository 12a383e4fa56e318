/// Fills a deferred index in many short transactions, for a program whose writers must not wait.
///
/// A sweep collects the entries of the tail from snapshots, sorts them, and stores them in slices of the index's order,
/// so that each page is written once a sweep. The mark moves when all are stored. Nothing is lost when the program ends
/// in between: the next sweep stores the same entries again.
public struct DeferredSweep: Sendable {
  private let index: DeferredIndex
  /// The entries of the sweep as they were collected, as many values each as the index has columns.
  private var values: [StoredValue] = []
  /// The numbers of the entries in the order of the index, once all are there.
  private var order: [Int32] = []
  /// How many of them are stored.
  private var next = 0
  private var generation = 0
  /// The last key of the sweep; 0 where none is under way.
  private var last = 0
  /// The key up to which entries have been collected.
  private var collected = 0
  private let width: Int

  /// Room for so many values is kept for the next sweep: 5 MB.
  private static let keptValues = 200_000

  /// Sweeps for an index.
  public init(_ index: DeferredIndex) {
    self.index = index
    width = index.columns.count + 1
  }

  /// Whether there is nothing to store before the next sweep.
  public var isDone: Bool { last == 0 }

  /// Whether all entries of the sweep are at hand, so that they may be stored.
  public var isCollected: Bool { collected == last }

  /// How many of the entries at hand are still to be stored.
  public var remaining: Int { values.count / width - next }

  /// Begins a sweep, once the last one is done and the tail has some length.
  ///
  /// - Parameters:
  ///   - rows: about how many rows the tail must have for a sweep; the longer, the more entries share a page.
  ///   - most: how many rows a sweep takes at most, those with the last key apart.
  /// - Returns: whether a sweep is under way.
  public mutating func begin(
    from rows: Int, atMost most: Int = 65_536, in reader: Reader
  ) throws(SQLiteError) -> Bool {
    if !isDone { return true }
    // Memory that was given back is asked of the system and cleared anew for each sweep; that of a long one is not kept.
    values.removeAll(keepingCapacity: values.capacity <= Self.keptValues)
    order.removeAll(keepingCapacity: true)
    next = 0
    let mark = try index.mark(in: reader)
    guard index.isBehind(mark, by: rows) else { return false }
    generation = mark.generation
    collected = mark.filled
    last = try end(of: max(1, most), upTo: mark.newest, in: reader)
    // All at once: grown to its size by and by, the memory is asked of the system and cleared many times.
    if index.rowsPerKey == 1 { values.reserveCapacity((last - collected) * index.selections.count * width) }
    return true
  }

  /// Collects some entries of the sweep, all where nothing is said, and sorts them when all are there.
  ///
  /// Takes a microsecond a row: not in a write. Pieces let others have the processor, and the log begin anew.
  public mutating func collect(_ rows: Int = .max, in reader: Reader) throws(SQLiteError) {
    if isCollected { return }
    let end = rows == .max ? last : try end(of: max(1, rows), upTo: last, in: reader)
    let statement = try reader.prepare(index.rows)
    try statement.bindAll(collected, end)
    let row = statement.row
    while try statement.step() {
      let key = StoredValue.integer(try row.integer(index.selections.count * width))
      for selection in index.selections.indices where try row.optionalInteger(selection * width) == 1 {
        for column in 1..<width { values.append(try StoredValue(row, selection * width + column)) }
        values.append(key)
      }
    }
    collected = end
    if isCollected { sort() }
  }

  /// The key with which so many rows after those collected end.
  private func end(of rows: Int, upTo newest: Int, in reader: Reader) throws(SQLiteError) -> Int {
    // Where keys are single they are not counted, which takes a look at every row; there are fewer where some are missing.
    if index.rowsPerKey == 1 { return newest - collected <= rows ? newest : collected + rows }
    let mark = DeferredIndex.Mark(filled: collected, generation: generation, newest: newest)
    let last = try index.last(of: rows, after: mark, in: reader)
    // None are left where they were deleted meanwhile.
    return last > collected ? min(newest, last) : newest
  }

  private mutating func sort() {
    let (values, width) = (values, width)
    // By the first column alone wherever that decides: mostly a number, which is compared ten times as fast as a value. It lies
    // beside the entry's own number, since values of entries that are compared lie far from each other.
    order = (0..<Int32(truncatingIfNeeded: values.count / width)).map {
      (first: values[Int($0) * width].number, entry: $0)
    }
    .sorted { one, other in
      if let first = one.first, let second = other.first, first != second { return first < second }
      for column in 0..<width {
        let value = values[Int(one.entry) * width + column]
        if let order = value.precedes(values[Int(other.entry) * width + column]) { return order }
      }
      return false
    }
    .map(\.entry)
  }

  /// Stores some of the entries in the transaction under way, and moves the mark with the last of them.
  ///
  /// When the transaction is not committed, the caller has to give this sweep up and begin another.
  public mutating func fill(_ entries: Int, in transaction: WriteTransaction) throws(SQLiteError) {
    if isDone || !isCollected { return }
    guard try index.mark(in: transaction).generation == generation else {
      // Something that was collected may have been deleted since.
      self = DeferredSweep(index)
      return
    }
    let end = min(order.count, next + max(1, entries))
    try store(DeferredIndex.batch, upTo: end, try transaction.prepare(index.batchInsertion))
    try store(1, upTo: end, try transaction.prepare(index.insertion))
    if next == order.count {
      try index.move(to: last, in: transaction)
      last = 0
      collected = 0
    }
  }

  /// Stores entries up to one, so many with each statement, as long as there are so many.
  private mutating func store(_ count: Int, upTo end: Int, _ statement: Statement) throws(SQLiteError) {
    while next + count <= end {
      var position = 0
      for place in order[next..<next + count] {
        let entry = Int(place) * width
        for column in 0..<width {
          position += 1
          try values[entry + column].bind(to: statement, at: position)
        }
      }
      try statement.run()
      next += count
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

  /// The number, where it is one.
  var number: Int? { if case .integer(let value) = self { value } else { nil } }

  /// Whether it comes before another in an index, where integers come before texts and texts before blobs; nil where the
  /// two are equal.
  func precedes(_ other: StoredValue) -> Bool? {
    switch (self, other) {
    case (.integer(let own), .integer(let others)): own == others ? nil : own < others
    case (.text(let own), .text(let others)):
      own == others ? nil : own.utf8.lexicographicallyPrecedes(others.utf8)
    case (.blob(let own), .blob(let others)): own == others ? nil : own.lexicographicallyPrecedes(others)
    default: rank < other.rank
    }
  }

  private var rank: Int {
    switch self {
    case .integer: 0
    case .text: 1
    case .blob: 2
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
