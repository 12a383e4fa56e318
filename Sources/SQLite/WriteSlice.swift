/// How long one transaction of a long writer may go on before it has to let others have their turn.
///
///     while let next = rows.next {
///       try database.write { transaction in
///         let slice = database.slice()
///         repeat { try store(next, in: transaction) } while !slice.isOver && advance(&next)
///       }
///     }
public struct WriteSlice: Sendable {
  /// The time of a turn while a service waits for its next: `slice.isOver` after this many microseconds.
  public static let servedMicroseconds = 2_000

  private let end: Int
  private let microseconds: @Sendable () -> Int

  /// A slice that begins now; nil for one without end.
  ///
  /// The closure tells the microseconds of a monotonic clock.
  public init(lasting duration: Int?, microseconds: @escaping @Sendable () -> Int) {
    end = duration.map { microseconds() &+ $0 } ?? .max
    self.microseconds = microseconds
  }

  /// Whether it is time to commit.
  public var isOver: Bool { end != .max && microseconds() >= end }
}

extension Database {
  /// The slice of a transaction that begins now: short while a service is running, else without end.
  public func slice() -> WriteSlice {
    WriteSlice(
      lasting: isServed ? WriteSlice.servedMicroseconds : nil, microseconds: MonotonicTime.microseconds)
  }
}
