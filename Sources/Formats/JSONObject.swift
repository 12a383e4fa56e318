/// The members of a JSON object in the order in which they were written; equality does not look at the order.
///
/// Keys are told apart as Swift tells strings apart: two spellings of one accented letter (composed and decomposed)
/// are one key. A reader that refuses duplicates is the stricter for it.
public struct JSONObject: Sendable {
  /// Keys and values in order.
  public private(set) var members: [(key: String, value: JSONValue)] = []
  /// Places of keys, kept once there are too many to walk through.
  private var places: [String: Int] = [:]
  private static let walkable = 8

  /// An object without members.
  public init() {}

  /// How many members there are.
  public var count: Int { members.count }
  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }
  /// The keys in order.
  public var keys: [String] { members.map(\.key) }

  /// The value of a key.
  ///
  /// Setting nil takes the member away, setting a value replaces or appends it.
  public subscript(key: String) -> JSONValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        places = [:]
        if members.count > Self.walkable { index() }
      case (nil, let value?): appendNew(key, value)
      case (nil, nil): break
      }
    }
  }

  /// Appends a member whose key is known not to be there.
  mutating func appendNew(_ key: String, _ value: JSONValue) {
    // To grow one by one from nothing would allocate four times for as many members.
    if members.isEmpty { members.reserveCapacity(Self.walkable) }
    members.append((key, value))
    if members.count == Self.walkable + 1 {
      index()
    } else if members.count > Self.walkable {
      places[key] = members.count - 1
    }
  }

  private mutating func index() {
    for (place, member) in members.enumerated() { places[member.key] = place }
  }

  private func place(of key: String) -> Int? {
    members.count > Self.walkable ? places[key] : members.firstIndex { $0.key == key }
  }
}

extension JSONObject: Hashable {
  /// Same keys with equal values, in any order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// Does not depend on the order of the members.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var one = Hasher()
      one.combine(member.key)
      one.combine(member.value)
      sum ^= one.finalize()
    }
    hasher.combine(count)
    hasher.combine(sum)
  }
}
