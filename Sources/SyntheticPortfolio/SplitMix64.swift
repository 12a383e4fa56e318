/// The pseudo-random generator SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, forever.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The same numbers for the same seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// A stream of its own for one customer, so that a customer does not depend on how many others there are.
  init(seed: UInt64, stream: Int) {
    var mixer = SplitMix64(seed: seed)
    var inner = SplitMix64(seed: mixer.next() ^ UInt64(bitPattern: Int64(stream)) &* 0x9E37_79B9_7F4A_7C15)
    state = inner.next()
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of the range.
  ///
  /// The high half of a 128-bit product is used; its bias, range / 2^64, is of no account here.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// True in so many of ten thousand cases.
  mutating func happens(_ perTenThousand: Int) -> Bool {
    number(0...9999) < perTenThousand
  }

  /// An element of a list; the list must not be empty.
  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[number(0...list.count - 1)]
  }
}
