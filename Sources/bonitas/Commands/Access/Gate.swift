import Access
import FactStore
import SQLite
import Values

/// Lets a command run, or not, and says as whom: the one place where a token is read.
struct Gate {
  let command: Command
  let store: FactStore
  let edge: Edge

  /// The environment variable with a user's token; never an option, since other users of a machine see those.
  static let variable = "BONITAS_TOKEN"
  /// How long before its end a token is told to end.
  private static let warningDays = 14

  /// The arguments with who is signed in.
  ///
  /// A refusal is entered in the audit log, without what was presented.
  static func admit(_ arguments: Arguments, to command: Command, _ edge: Edge) throws(Failure) -> Arguments {
    let (text, named) = (edge.variable(variable), arguments[SharedOptions.actor])
    var mustSignIn = false
    switch command.needs {
    case .nobody: return arguments
    case .anybody: if text == nil, named == nil { return arguments }
    case .permission: break
    case .signedIn: mustSignIn = true
    }
    let store: FactStore
    do throws(Failure) {
      store = try arguments.store(edge)
    } catch {
      // Without a database there are no users; the command meets the same fault and says what follows from it.
      if mustSignIn { throw error }
      return arguments
    }
    var admitted = arguments
    admitted.opened = store
    let gate = Gate(command: command, store: store, edge: edge)
    guard try gate.hasUsers() else {
      if mustSignIn { throw Failure(AccessError.noUsers) }
      return admitted
    }
    admitted.signedIn = try gate.admit(text, named: named)
    return admitted
  }

  private func admit(_ text: String?, named: String?) throws(Failure) -> Actor? {
    var who: SignedIn?
    do throws(AccessError) {
      if let text { who = try signIn(text) }
      if let named { try check(named, who?.actor) }
      try check(who?.actor)
    } catch {
      enter(error, of: who?.actor.name)
      throw Failure(error)
    }
    if let who { warn(who.token) }
    return who?.actor
  }

  private func hasUsers() throws(Failure) -> Bool {
    try failing {
      try store.read { reader throws(AccessError) in try AccessStore.hasUsers(in: reader.sql) }
    }
  }

  private func signIn(_ text: String) throws(AccessError) -> SignedIn {
    let token = try TokenText(text)
    return try store.read { reader throws(AccessError) in
      try AccessStore.authenticate(token, at: edge.now, in: reader.sql)
    }
  }

  /// Whether `--actor` says no more than what is known.
  private func check(_ named: String, _ actor: Actor?) throws(AccessError) {
    if let actor {
      guard UserName.areSame(named, actor.name) else { throw .otherActor(named, user: actor.name) }
      return
    }
    if UserName.areSame(named, UserName.system) { return }
    // A name that only looks like a user's would mislead who reads the log as much as the name itself.
    guard (try? UserName(named)) != nil else { throw .actorWithoutToken(named) }
    let user = try store.read { reader throws(AccessError) in
      try AccessStore.user(named: named, in: reader.sql)
    }
    if user != nil { throw .actorWithoutToken(named) }
  }

  private func check(_ actor: Actor?) throws(AccessError) {
    switch command.needs {
    case .nobody, .anybody: return
    case .permission(let permission), .signedIn(let permission):
      guard let actor else { throw .noToken }
      guard actor.may(permission) else { throw .notPermitted(permission, actor) }
    }
  }

  /// Enters a refusal; one that cannot be entered stays a refusal.
  private func enter(_ error: AccessError, of user: String?) {
    switch error {
    // Who shows nothing is nobody to be told about, and a fault of the database is no refusal.
    case .noToken, .storage, .damaged: return
    default: break
    }
    guard let audit = try? edge.auditLog() else { return }
    try? store.write(actor: UserName.system, at: edge.now, purpose: "sign in") { write throws(AccessError) in
      try AccessStore.enterRefusal(error, of: user, command: command.title, audit: audit, in: write)
    }
  }

  private func warn(_ token: AccessToken) {
    let days = (token.expires.microseconds - edge.now.microseconds) / 86_400_000_000
    guard days < Self.warningDays else { return }
    let left = days < 1 ? "in less than a day" : "in \(counted(days, "day"))"
    edge.errors.line("Your token \(token.id) expires \(left): 'bonitas tokens create' makes the next one.")
  }
}

extension Arguments {
  /// Who is signed in; for commands that only users may run.
  func user() throws(Failure) -> Actor {
    guard let signedIn else { throw Failure(AccessError.noToken) }
    return signedIn
  }
}
