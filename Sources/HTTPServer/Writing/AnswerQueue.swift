/// The answers of one connection, in the order of its requests whatever order they come in (RFC 9112 section 9.3.2).
struct AnswerQueue {
  private struct Place {
    let manner: ResponseWriter.Manner
    var response: HTTPResponse?
  }

  private var places: [Place] = []
  private var firstSequence: UInt32 = 0

  /// How many requests have not been answered to the client yet.
  var count: Int { places.count }
  var isEmpty: Bool { places.isEmpty }

  /// Opens the place of a request and gives its number.
  mutating func open(_ manner: ResponseWriter.Manner) -> UInt32 {
    places.append(Place(manner: manner))
    return firstSequence &+ UInt32(truncatingIfNeeded: places.count - 1)
  }

  /// Puts an answer in its place; false where nobody waits for it any more.
  mutating func fill(_ sequence: UInt32, _ response: HTTPResponse) -> Bool {
    let index = Int(sequence &- firstSequence)
    guard index < places.count, places[index].response == nil else { return false }
    places[index].response = response
    return true
  }

  /// Takes the next answer, if it is its turn.
  mutating func takeReady() -> (response: HTTPResponse, manner: ResponseWriter.Manner)? {
    guard let first = places.first, let response = first.response else { return nil }
    places.removeFirst()
    firstSequence &+= 1
    return (response, first.manner)
  }

  /// Waits for none of them any more.
  mutating func removeAll() {
    firstSequence &+= UInt32(truncatingIfNeeded: places.count)
    places = []
  }
}
