import AuditLog
import FactStore
import Facts
import SQLite
import TestSupport
import Values

@testable import Access

/// A database of users, with a clock and with chance that the test holds.
final class Office {
  let folder: TemporaryFolder
  let store: FactStore
  let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  var now = Instant(microseconds: 1_780_000_000_000_000)
  private var chance = SeededGenerator(seed: 7)
  /// Every secret that was ever made, to be looked for where it must not be.
  private(set) var secrets: [[UInt8]] = []

  init() throws {
    folder = try TemporaryFolder()
    store = try FactStore(
      path: folder.file("office.db"), contributed: AuditLog.migrations + AccessStore.migrations)
  }

  func write<R: Sendable>(
    actor: String = "system", _ body: (StoreTransaction) throws(AccessError) -> R
  ) throws(AccessError) -> R {
    try store.write(actor: actor, at: now, purpose: "test", body)
  }

  func read<R: Sendable>(_ body: (Reader) throws(AccessError) -> R) throws(AccessError) -> R {
    try store.read { reader throws(AccessError) in try body(reader.sql) }
  }

  func secret() -> [UInt8] {
    let made = (0..<32).map { _ in UInt8(chance.number(below: 256)) }
    secrets.append(made)
    return made
  }

  @discardableResult
  func add(_ name: String, _ roles: Set<Role>, by administrator: String? = nil) throws -> User {
    let name = try UserName(name)
    let actor = try administrator.map { try self.actor($0) }
    return try write(actor: administrator ?? "system") { write throws(AccessError) in
      try AccessStore.add(name, roles: roles, by: actor, audit: audit, in: write)
    }
  }

  func issue(
    _ name: String, days: Int = 90, label: String = "", grant: ServiceGrant? = nil, by actor: String? = nil
  ) throws -> (text: TokenText, token: AccessToken) {
    let by = try actor.map { try self.actor($0) }
    let secret = secret()
    return try write(actor: actor ?? "system") { write throws(AccessError) in
      try AccessStore.issue(
        to: name, label: label, days: days, grant: grant, secret: secret, by: by, audit: audit, in: write)
    }
  }

  func change(
    _ name: String, granting: Set<Role> = [], withdrawing: Set<Role> = [], reason: String = "new work",
    by administrator: String
  ) throws -> Bool {
    let by = try actor(administrator)
    return try write(actor: administrator) { write throws(AccessError) in
      try AccessStore.change(
        name, granting: granting, withdrawing: withdrawing, reason: reason, by: by, audit: audit, in: write
      ).isChanged
    }
  }

  func disable(_ name: String, reason: String = "left", by administrator: String) throws -> Bool {
    let by = try actor(administrator)
    return try write(actor: administrator) { write throws(AccessError) in
      try AccessStore.disable(name, reason: reason, by: by, audit: audit, in: write)
    }
  }

  func enable(_ name: String, by administrator: String) throws -> Bool {
    let by = try actor(administrator)
    return try write(actor: administrator) { write throws(AccessError) in
      try AccessStore.enable(name, reason: "came back", by: by, audit: audit, in: write)
    }
  }

  func revoke(_ id: Int, by name: String) throws -> Bool {
    let by = try actor(name)
    return try write(actor: name) { write throws(AccessError) in
      try AccessStore.revoke(id, reason: "lost", by: by, audit: audit, in: write).isChanged
    }
  }

  func actor(_ name: String) throws -> Actor {
    try read { reader throws(AccessError) in try AccessStore.user(named: name, in: reader) }?.actor
      ?? Actor(name: name, roles: [])
  }

  func user(_ name: String) throws -> User? {
    try read { reader throws(AccessError) in try AccessStore.user(named: name, in: reader) }
  }

  func signIn(_ text: TokenText) throws(AccessError) -> Actor {
    let now = now
    return try read { reader throws(AccessError) in
      try AccessStore.authenticate(text, at: now, in: reader).actor
    }
  }

  func ask(_ text: TokenText) throws(AccessError) -> ServiceToken {
    let now = now
    return try read { reader throws(AccessError) in
      try AccessStore.authenticateService(text, at: now, in: reader)
    }
  }

  func generation() throws -> Int {
    try read { reader throws(AccessError) in try AccessStore.generation(in: reader) }
  }

  /// Does to the file what no function of the room does.
  func tamper(_ statement: String) throws {
    try store.database.write { transaction throws(SQLiteError) in
      try transaction.execute("PRAGMA defer_foreign_keys = ON")
      try transaction.execute(statement)
    }
  }

  func verify() throws -> AuditReport {
    try store.read { reader throws(SQLiteError) in
      try AuditVerifier(AccessStore.auditedTables).verify(anchor: nil, in: reader.sql)
    }
  }

  func pass(days: Int) { now = Instant(microseconds: now.microseconds + days * 86_400_000_000) }

  /// An office with an administrator who holds a token.
  static func opened() throws -> (office: Office, anna: TokenText) {
    let office = try Office()
    try office.add("anna", [.administrator])
    return (office, try office.issue("anna").text)
  }
}

extension Office {
  /// An office with an administrator and a service that holds a token.
  static func serving(_ grant: ServiceGrant) throws -> (office: Office, text: TokenText) {
    let (office, _) = try opened()
    try office.add("order-intake", [.service], by: "anna")
    return (office, try office.issue("order-intake", grant: grant, by: "anna").text)
  }

  static func grant(
    _ scopes: Set<Scope> = [.decide, .read], company: String = "Elektrum order intake",
    purpose: String = "order-intake", jurisdictions: Set<Jurisdiction>? = nil,
    sources: Set<String> = ServiceGrant.defaultSources, rate: Int = 500, burst: Int? = nil,
    sees: Visibility = .own
  ) throws(AccessError) -> ServiceGrant {
    try ServiceGrant(
      scopes: scopes, company: company, purpose: purpose, jurisdictions: jurisdictions,
      sources: sources, requestsPerSecond: rate, burst: burst, sees: sees)
  }
}

/// The code of the refusal that a body ends with; nil where it ends well.
func refusal(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch let error as AccessError {
    return error.code
  } catch {
    return "\(error)"
  }
}
