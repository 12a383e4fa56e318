import FactStore
import Facts
import Formats
public import HTTPClient
import Synchronization
import Values

/// Asks one register about subjects, one at a time, and makes facts of its answers.
///
/// The subject travels in the body and never in the URL, which ends up in the logs of every machine on the way.
public final class RegisterClient: Sendable {
  /// The register.
  public let source: RegisterSource
  private let fields: [String: String]
  private let peer: Peer
  private let pulls = Mutex<[SourcePull.State: Int]>([:])

  /// More of an answer is not read.
  static let answerByteLimit = 512 << 10

  /// A client of a register.
  ///
  /// - Parameters:
  ///   - credential: the bearer token, if one is needed.
  ///   - transport: mostly `HTTPClient.send`.
  ///   - chance: draws a number from a range, for the waits between tries.
  public init(
    _ source: RegisterSource, credential: String?, transport: @escaping Peer.Transport,
    clock: @escaping @Sendable () -> MonotonicTime = { .now },
    chance: @escaping @Sendable (ClosedRange<Int>) -> Int
  ) {
    self.source = source
    var fields = ["Content-Type": "application/json", "Accept": "application/json"]
    fields["Authorization"] = credential.map { "Bearer \($0)" }
    self.fields = fields
    peer = Peer(source.calls, transport: transport, clock: clock, chance: chance)
  }

  /// Asks about a subject; `completion` is called once, not later than the deadline, and has to return soon.
  ///
  /// It may be called before this returns, when there is nothing to wait for.
  public func pull(
    _ subject: RegisterSubject, until deadline: MonotonicTime,
    completion: @escaping @Sendable (PullResult) -> Void
  ) {
    let (source, reader) = (source, RegisterAnswerReader(source: source, subject: subject))
    peer.call(
      request(subject), until: deadline, read: { Self.read($0, reader) },
      completion: { [weak self] report in
        let result =
          switch report.result {
          case .failure(let error):
            PullResult.unavailable(
              source, error, tries: report.tries, milliseconds: report.milliseconds)
          case .success(let read):
            PullResult(
              source: source, state: read.state, cause: read.cause, facts: read.facts,
              disputed: read.disputed, answer: read.answer, tries: report.tries,
              milliseconds: report.milliseconds)
          }
        self?.pulls.withLock { $0[result.state, default: 0] &+= 1 }
        completion(result)
      })
  }

  /// How it does, from any thread.
  public var figures: RegisterFigures {
    RegisterFigures(source: source.name, pulls: pulls.withLock { $0 }, calls: peer.figures)
  }

  private func request(_ subject: RegisterSubject) -> ClientRequest {
    var body = JSONWriter()
    body.beginObject()
    body.key("scheme")
    body.string(subject.identifier.scheme.rawValue)
    body.key("code")
    body.string(subject.identifier.code)
    body.key("purpose")
    body.string(source.purpose)
    body.endObject()
    return ClientRequest(
      method: .post, url: source.url, fields: fields, body: body.bytes,
      responseByteLimit: Self.answerByteLimit)
  }

  private struct Read: Sendable {
    var state: SourcePull.State
    var cause: PullCause?
    var answer: Digest?
    var facts: [Fact] = []
    var disputed: [String] = []
  }

  private static func read(_ response: ClientResponse, _ reader: RegisterAnswerReader) -> Peer.Reading<Read> {
    var read = Read(state: .unavailable, answer: SHA256.hash(response.body))
    switch response.status {
    case 200:
      do throws(AnswerProblem) {
        let answer = try reader.read(response)
        (read.state, read.facts, read.disputed) = (answer.state, answer.facts, answer.disputed)
        return Peer.Reading(read, isHealthy: true)
      } catch {
        (read.state, read.cause) = (.malformed, .malformed(error))
        return Peer.Reading(read, isHealthy: false)
      }
    // Gone (RFC 9110 section 15.5.11), and Unavailable For Legal Reasons (RFC 7725).
    case 410: read.state = .erased
    case 451: read.state = .withheld
    default:
      read.cause = .status(response.status)
      // A request that the register does not like says something about the subject, the others about the register.
      return Peer.Reading(read, isHealthy: response.status == 400 || response.status == 422)
    }
    return Peer.Reading(read, isHealthy: true)
  }
}

/// How a register does, at one moment.
public struct RegisterFigures: Sendable {
  /// Its name.
  public var source: String
  /// Pulls by what came of them.
  public var pulls: [SourcePull.State: Int]
  /// The breaker, tries, causes and times.
  public var calls: PeerFigures
}
