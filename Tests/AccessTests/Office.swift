import AuditLog
import FactStore
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
    _ name: String, days: Int = 90, label: String = "", by actor: String? = nil
  ) throws -> (text: TokenText, token: AccessToken) {
    let by = try actor.map { try self.actor($0) }
    let secret = secret()
    return try write(actor: actor ?? "system") { write throws(AccessError) in
      try AccessStore.issue(
        to: name, label: label, days: days, secret: secret, by: by, audit: audit, in: write)
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
