import Access
import AuditLog
import FactStore
import Formats
import SQLite
import Values

/// What the commands on users and tokens share.
enum Users {
  static let name = Positional("NAME", .name("NAME"), "The user's name.")
  static let reason = Option(
    "reason", .text("TEXT"), "Why, for who reads the audit log later.", isRequired: true)
  static let days = Option(
    "days", .integer("N", in: 1...AccessToken.longestDays),
    "How many days the token counts (default \(AccessToken.defaultDays)).")

  static func peopleRoleOption(_ name: String, _ summary: String) -> Option<String> {
    Option(name, .choice(Role.people.sorted().map(\.rawValue)), summary, repeats: true)
  }

  static func roles(_ words: [String]) -> Set<Role> { Set(words.compactMap { Role(rawValue: $0) }) }

  static func words(_ roles: Set<Role>) -> String {
    roles.sorted().map(\.rawValue).joined(separator: ", ")
  }

  /// Changes users or tokens in one write; a mistyped name is answered with the nearest one.
  static func write<Result: Sendable>(
    _ arguments: Arguments, _ edge: Edge, _ purpose: String, _ mode: Database.Mode = .existing,
    _ body: (StoreTransaction, AuditLog) throws(AccessError) -> Result
  ) throws(Failure) -> Result {
    let store = try arguments.store(edge, mode)
    let audit = try edge.auditLog()
    do throws(AccessError) {
      return try store.write(actor: arguments.actor, at: edge.now, purpose: purpose) {
        write throws(AccessError) in try body(write, audit)
      }
    } catch {
      throw failure(error, store)
    }
  }

  static func failure(_ error: AccessError, _ store: FactStore) -> Failure {
    guard case .unknownUser(let name) = error,
      let users = try? store.read({ reader throws(AccessError) in try AccessStore.users(in: reader.sql) }),
      let nearest = NearestMatch.of(name, among: users.map(\.name))
    else { return Failure(error) }
    return Failure(error.code, "There is no user '\(visible(name))'. Did you mean '\(nearest)'?")
  }

  /// The token on standard output, alone, so that `BONITAS_TOKEN=$(...)` takes it; all words beside it.
  static func show(
    _ text: TokenText, _ token: AccessToken, of user: User, about: String, _ arguments: Arguments,
    _ edge: Edge
  ) {
    if arguments.wantsJSON {
      var described = JSONObject()
      described["user"] = describe(user)
      described["token"] = describe(token, at: edge.now)
      described["text"] = .string(text.revealed)
      edge.output.json(.object(described))
      return
    }
    if !about.isEmpty { edge.errors.line(about) }
    let use =
      token.grant == nil
      ? "sets it as \(Gate.variable) and gives it to nobody:"
      : "sends it as 'Authorization: Bearer' and this:"
    edge.errors.line(
      "Token \(token.id) of \(user.name) counts until \(token.expires). It is shown only this once; \(user.name) \(use)"
    )
    edge.output.line(text.revealed)
  }

  static func describe(_ user: User) -> JSONValue {
    [
      "name": .string(user.name), "roles": .array(user.roles.sorted().map { .string($0.rawValue) }),
      "disabled": .bool(user.isDisabled), "addedAt": .string(user.addedAt.description),
      "addedBy": .string(user.addedBy),
    ]
  }

  static func describe(_ token: AccessToken, at now: Instant) -> JSONValue {
    [
      "id": .number(Decimal(token.id)), "user": .string(token.user), "label": .string(token.label),
      "issuedAt": .string(token.issuedAt.description), "issuedBy": .string(token.issuedBy),
      "expires": .string(token.expires.description),
      "revokedAt": token.revokedAt.map { .string($0.description) } ?? .null,
      "state": .string(token.state(at: now).rawValue),
      "service": token.grant.map(ServiceOptions.describe) ?? .null,
    ]
  }
}
