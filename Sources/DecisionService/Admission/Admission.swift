import Access
import AuditLog
import FactStore
import HTTPServer
import SQLite
import Synchronization
import Values

/// Who may ask, and how often: what all event loops share.
final class Admission: Sendable {
  private let limits = Mutex<[Int: RateLimit]>([:])
  private let refusals = Mutex(RefusedSignIns())
  private let store: FactStore
  private let audit: AuditLog

  init(store: FactStore, audit: AuditLog) {
    self.store = store
    self.audit = audit
  }

  /// Takes one request out of what a token may ask.
  func take(_ token: ServiceToken, at microseconds: Int) throws(Problem) {
    let answer = limits.withLock { $0[token.id, default: RateLimit(token.grant)].take(at: microseconds) }
    guard case .refused(let seconds) = answer else { return }
    throw Problem(
      .rateLimited,
      "The token may ask \(token.grant.requestsPerSecond) times a second, and \(token.grant.burst) times at once.",
      retryAfterSeconds: seconds)
  }

  /// Counts a refused sign-in; what is due is to be entered with `enter`.
  func refuse(_ error: AccessError, at microseconds: Int) -> RefusedSignIns.Entry? {
    switch error {
    // Who shows nothing is nobody to be told about, and a fault of the database is no refusal.
    case .noToken, .storage, .damaged: nil
    default: refusals.withLock { $0.refuse(error, at: microseconds) }
    }
  }

  /// The sums of refusals that are due, or all of them at the end.
  func due(at microseconds: Int, isEnd: Bool = false) -> [RefusedSignIns.Entry] {
    refusals.withLock { isEnd ? $0.drain() : $0.due(at: microseconds) }
  }

  /// Enters refusals in the audit log; one that cannot be entered stays a refusal.
  func enter(_ entries: [RefusedSignIns.Entry], at instant: Instant) {
    for entry in entries {
      try? store.write(actor: UserName.system, at: instant, purpose: "sign in") {
        write throws(AccessError) in
        try AccessStore.enterRefusal(
          entry.error, of: nil, command: "serve", count: entry.count, audit: audit, in: write)
      }
    }
  }
}

/// The tokens that one event loop has met, for as long as nothing about users and tokens changes.
struct TokenCache {
  private var generation = -1
  private var tokens: [Int: ServiceToken] = [:]
  /// More are not kept: a service has few callers.
  private static let limit = 1000

  /// Forgets everything where users, roles or tokens have changed: where a snapshot shows another generation of them.
  mutating func refresh(_ generation: Int) {
    guard generation != self.generation else { return }
    self.generation = generation
    tokens.removeAll()
  }

  /// The token that a request presents.
  ///
  /// - Throws: why it does not count.
  mutating func token(
    of fields: HTTPFields, at now: Instant, in reader: Reader
  ) throws(AccessError) -> ServiceToken {
    let text = try Self.text(of: fields)
    if let known = tokens[text.id], known.isHeld(by: text), known.state(at: now) == .valid { return known }
    let token = try AccessStore.authenticateService(text, at: now, in: reader)
    if tokens.count >= Self.limit { tokens.removeAll() }
    tokens[token.id] = token
    return token
  }

  private static let scheme = Array("bearer ".utf8)

  /// The token in the one `Authorization`, read from its bytes: strings of its parts took 2 µs with every request.
  private static func text(of fields: HTTPFields) throws(AccessError) -> TokenText {
    guard let field = fields.bytes(of: "Authorization") else { throw .noToken }
    // Which of two counts, a proxy and we could see differently.
    guard fields.occurrences(of: "Authorization") == 1, field.count > scheme.count,
      zip(field, scheme).allSatisfy({ $0 | 0x20 == $1 })
    else { throw .malformedToken }
    let found = field.dropFirst(scheme.count).withUnsafeBufferPointer { TokenText(utf8: $0) }
    guard let found else { throw .malformedToken }
    return found
  }
}
