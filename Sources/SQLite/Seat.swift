/// Carries a connection from the thread that gave it back to the thread that takes it next.
///
/// Unchecked, and sound because a seat is either in a `Guarded` or in the hands of exactly one caller (of `read`, of
/// `write`, or the thread of a `Checkpointer`), which uses it on its own thread and lets nothing of it escape (results
/// are Sendable, readers and transactions refuse to work after their end).
final class Seat<Holder>: @unchecked Sendable {
  let holder: Holder

  init(_ holder: Holder) {
    self.holder = holder
  }
}
