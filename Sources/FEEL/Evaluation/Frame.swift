/// The storage that a plan reads and writes: one value for each slot.
///
/// A frame belongs to one evaluation at a time; making one per evaluation, or using one again, is up to the caller.
public final class Frame {
  /// The number of slots.
  public let count: Int
  // Raw storage, because an array in a class is checked for exclusive access on every read.
  @usableFromInline let slots: UnsafeMutablePointer<Value>

  /// Makes a frame of null values.
  public init(count: Int) {
    self.count = max(count, 1)
    slots = .allocate(capacity: self.count)
    slots.initialize(repeating: .null, count: self.count)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  /// The value of a slot; a slot that does not exist is null and cannot be set.
  @inlinable public subscript(slot: Int) -> Value {
    get { slot >= 0 && slot < count ? slots[slot] : .null }
    set { if slot >= 0 && slot < count { slots[slot] = newValue } }
  }

  /// Sets every slot to null.
  public func clear() {
    for slot in 0..<count { slots[slot] = .null }
  }
}
