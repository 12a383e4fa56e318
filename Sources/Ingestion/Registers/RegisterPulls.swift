import Dispatch
public import HTTPClient
import Synchronization

/// All registers of a policy, asked side by side.
public final class RegisterPulls: Sendable {
  /// What is declared.
  public let sources: RegisterSources
  private let clients: [String: RegisterClient]
  private static let timers = DispatchQueue(label: "Ingestion.RegisterPulls.timers", qos: .userInteractive)

  /// How long after the deadline those who have not reported are given up; their own timers ring at the deadline.
  private static let graceMilliseconds = 10

  /// Clients for all declared sources.
  ///
  /// - Parameters:
  ///   - transport: mostly `HTTPClient.send`.
  ///   - credential: the value of an environment variable.
  ///   - chance: draws a number from a range.
  public init(
    _ sources: RegisterSources, transport: @escaping Peer.Transport, credential: (String) -> String?,
    chance: @escaping @Sendable (ClosedRange<Int>) -> Int
  ) throws(RegisterSourcesError) {
    var clients: [String: RegisterClient] = [:]
    for source in sources.sources {
      clients[source.name] = RegisterClient(
        source, credential: try Self.credential(of: source, credential), transport: transport, chance: chance)
    }
    self.sources = sources
    self.clients = clients
  }

  private static func credential(
    of source: RegisterSource, _ value: (String) -> String?
  ) throws(RegisterSourcesError) -> String? {
    guard let variable = source.credentialVariable else { return nil }
    guard let credential = value(variable), !credential.isEmpty else {
      throw .credentialMissing(source: source.name, variable: variable)
    }
    guard credential.utf8.count <= 4096, credential.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw .credentialUnusable(source: source.name, variable: variable)
    }
    return credential
  }

  /// How each register does, in the order of the declaration; from any thread.
  public var figures: [RegisterFigures] { sources.sources.compactMap { clients[$0.name]?.figures } }

  /// Asks registers about a subject, all at once; those that do not serve it are left out.
  ///
  /// `completion` is called exactly once with a result for each, in the order given, not later than the deadline and 50
  /// milliseconds: whoever has not answered by then is `unavailable`. It may be called before this returns, and has to
  /// return soon.
  public func pullAll(
    _ sources: [RegisterSource], about subject: RegisterSubject, until deadline: MonotonicTime,
    completion: @escaping @Sendable ([PullResult]) -> Void
  ) {
    let asked = sources.filter { $0.serves(subject) }.compactMap { clients[$0.name] }
    guard !asked.isEmpty else { return completion([]) }
    let gathering = Gathering(asked.map(\.source), completion)
    Self.timers.asyncAfter(deadline: deadline.adding(milliseconds: Self.graceMilliseconds).dispatchTime) {
      gathering.giveUp()
    }
    for (place, client) in asked.enumerated() {
      client.pull(subject, until: deadline) { gathering.take($0, at: place) }
    }
  }
}

/// Results on their way in, in whatever order, handed over together.
private final class Gathering: Sendable {
  private struct State {
    var results: [PullResult?]
    var completion: (@Sendable ([PullResult]) -> Void)?
  }

  private let sources: [RegisterSource]
  private let state: Mutex<State>

  init(_ sources: [RegisterSource], _ completion: @escaping @Sendable ([PullResult]) -> Void) {
    self.sources = sources
    state = Mutex(
      State(results: [PullResult?](repeating: nil, count: sources.count), completion: completion))
  }

  func take(_ result: PullResult, at place: Int) {
    hand { state in
      state.results[place] = result
      return !state.results.contains { $0 == nil }
    }
  }

  func giveUp() { hand { _ in true } }

  /// Hands over once the change says that it is time, the first time only.
  private func hand(_ change: (inout State) -> Bool) {
    let (results, completion) = state.withLock {
      state -> ([PullResult?], (@Sendable ([PullResult]) -> Void)?) in
      guard state.completion != nil, change(&state), let completion = state.completion else {
        return ([], nil)
      }
      defer { state = State(results: [], completion: nil) }
      return (state.results, completion)
    }
    completion?(zip(sources, results).map { $1 ?? PullResult.unavailable($0, .deadline) })
  }
}
