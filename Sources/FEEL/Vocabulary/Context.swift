internal import Synchronization

/// The ordered entry names of a context, shared by all contexts of the same make.
public final class ContextShape: Sendable, Hashable {
  /// The entry names in their order.
  public let names: [String]
  /// Names to positions; empty for small shapes, where a scan is faster than hashing.
  private let index: [String: Int]
  /// A bit for each name: most names that are not there are told by it alone.
  private let marks: UInt64
  /// Tells shapes apart: no other shape of the program has or will have this number.
  let number: UInt64
  private static let made = Atomic<UInt64>(0)

  /// The shape of the empty context.
  public static let empty = ContextShape([])

  /// Makes a shape; of a name that occurs twice the first position counts.
  public init(_ names: [String]) {
    self.names = names
    var index: [String: Int] = [:]
    if names.count > 8 {
      index.reserveCapacity(names.count)
      for (position, name) in names.enumerated() where index[name] == nil { index[name] = position }
    }
    self.index = index
    number = Self.made.wrappingAdd(1, ordering: .relaxed).newValue
    marks = names.reduce(0) { $0 | ContextShape.mark(of: $1) }
  }

  /// The position of an entry, or nil if the shape has no such entry.
  public func position(of name: String) -> Int? {
    names.count > 8 ? index[name] : names.firstIndex(of: name)
  }

  /// The position of an entry that probably stands at `guess`.
  @inline(__always)
  func position(of name: String, guess: Int) -> Int? {
    guess < names.count && names[guess] == name ? guess : position(of: name)
  }

  /// The position of an entry that probably is not there; `mark` is that of the name.
  @inline(__always)
  func position(of name: String, mark: UInt64) -> Int? {
    marks & mark == 0 ? nil : position(of: name)
  }

  /// The bit that stands for a name in `marks`.
  static func mark(of name: String) -> UInt64 {
    // Names that Swift takes for equal may have other bytes; only those of ASCII are told apart by them.
    var hash: UInt64 = 0
    for byte in name.utf8 {
      if byte >= 0x80 { return .max }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return 1 << (hash >> 58)
  }

  /// Whether two shapes have the same names in the same order.
  public static func == (left: ContextShape, right: ContextShape) -> Bool {
    left === right || left.names == right.names
  }

  /// Hashes the names.
  public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}

/// A FEEL context: named values in a kept order (DMN 1.5, 10.3.2.6).
public struct Context: Sendable, Hashable {
  /// The entry names.
  public let shape: ContextShape
  /// The entry values, in the order of the shape's names.
  public private(set) var values: [Value]

  /// The context without entries.
  public static let empty = Context(shape: .empty, values: [])

  /// Makes a context of a shape; values that are missing are null, surplus ones are dropped.
  public init(shape: ContextShape, values: [Value]) {
    self.shape = shape
    let missing = shape.names.count - values.count
    if missing == 0 {
      self.values = values
    } else if missing > 0 {
      self.values = values + Array(repeating: .null, count: missing)
    } else {
      self.values = Array(values.prefix(shape.names.count))
    }
  }

  /// Makes a context of named values; a later entry of the same name replaces the earlier one's value.
  public init(_ entries: [(name: String, value: Value)]) {
    var names: [String] = []
    var values: [Value] = []
    var seen: [String: Int] = [:]
    for entry in entries {
      if let position = seen[entry.name] {
        values[position] = entry.value
      } else {
        seen[entry.name] = names.count
        names.append(entry.name)
        values.append(entry.value)
      }
    }
    self.init(shape: ContextShape(names), values: values)
  }

  /// The number of entries.
  public var count: Int { values.count }

  /// The value of an entry, or nil if there is no such entry.
  public subscript(name: String) -> Value? {
    shape.position(of: name).map { values[$0] }
  }

  /// The entries in their order.
  public var entries: [(name: String, value: Value)] {
    zip(shape.names, values).map { (name: $0, value: $1) }
  }

  /// The context with one entry set: in its place if the name exists, else at the end.
  public func setting(_ name: String, to value: Value) -> Context {
    if let position = shape.position(of: name) {
      var copy = self
      copy.values[position] = value
      return copy
    }
    return Context(shape: ContextShape(shape.names + [name]), values: values + [value])
  }

  /// Whether both hold the same entries with identical values, whatever their order.
  public static func == (left: Context, right: Context) -> Bool {
    if left.shape == right.shape { return left.values == right.values }
    guard left.count == right.count else { return false }
    for (name, value) in zip(left.shape.names, left.values) where right[name] != value { return false }
    return true
  }

  /// Hashes the entries irrespective of their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (name, value) in zip(shape.names, values) {
      var entry = Hasher()
      entry.combine(name)
      entry.combine(value)
      sum &+= entry.finalize()
    }
    hasher.combine(count)
    hasher.combine(sum)
  }
}
