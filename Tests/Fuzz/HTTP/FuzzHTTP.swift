import FuzzDriver
import HTTPServer

/// Requests of any bytes: whole, byte by byte and in pieces they give the same events and the same refusal.
@main
enum FuzzHTTP {
  static func main() { FuzzDriver.run(target) }

  /// Small ones, so that the fuzzer reaches them.
  static let limits: HTTPLimits = {
    var limits = HTTPLimits()
    limits.requestLineBytes = 128
    limits.fieldLineBytes = 96
    limits.headBytes = 512
    limits.fields = 8
    limits.bodyBytes = 256
    limits.chunkExtensionBytes = 32
    limits.trailerBytes = 64
    return limits
  }()

  static func events(_ bytes: [UInt8], pieces: Int) -> (events: [RequestParser.Event], refusal: HTTPRefusal?)
  {
    var parser = RequestParser(limits: limits)
    var events: [RequestParser.Event] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + pieces)
      let piece = Array(bytes[start..<end])
      start = end
      var position = 0
      do {
        while let event = try parser.next(piece.span, at: &position, now: 0) { events.append(event) }
      } catch {
        return (events, error)
      }
      precondition(position == piece.count, "bytes are left although no event is")
      precondition(
        parser.heldBytes <= limits.headBytes + limits.bodyBytes, "more is held than the limits allow")
    }
    return (events, nil)
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  let whole = FuzzHTTP.events(bytes, pieces: max(1, bytes.count))
  for pieces in [1, 2, 7] {
    let cut = FuzzHTTP.events(bytes, pieces: pieces)
    precondition(cut.events == whole.events, "other events in pieces of \(pieces)")
    precondition(cut.refusal == whole.refusal, "another refusal in pieces of \(pieces)")
  }
  for case .request(let request, _) in whole.events {
    precondition(request.body.count <= FuzzHTTP.limits.bodyBytes)
    precondition(request.path.first == "/" || request.path == "*")
    // What was accepted may be logged and sent on.
    precondition(request.path.utf8.allSatisfy { $0 > 32 && $0 < 127 })
    for (name, value) in request.fields.all {
      precondition(!name.isEmpty && !value.utf8.contains { $0 < 32 && $0 != 9 })
      precondition(request.fields[name] != nil)
    }
  }
  return 0
}
