import SQLite
import Values

extension AccessError {
  /// What is wrong, and how to mend it; never a secret.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .damaged(let table, let key):
      "Row \(key) of \(table) is not as this program writes it; 'bonitas audit verify' tells what was changed."
    case .malformedToken:
      "What BONITAS_TOKEN holds is not a token: a token is one word, bonitas_, a number, _ and 64 hexadecimal digits, "
        + "copied whole and without quotes or blanks."
    case .unknownToken:
      "The token in BONITAS_TOKEN is not known to this database: it was made for another one, or was not copied whole. "
        + "--database names the database."
    case .expiredToken(let id, let user, let at):
      "Token \(id) of \(user) expired at \(at). \(Self.askForToken(user))"
    case .revokedToken(let id, let user, let at):
      "Token \(id) of \(user) was revoked at \(at). \(Self.askForToken(user))"
    case .disabledUser(let name):
      "The user \(name) is disabled and can do nothing; an administrator can change that: 'bonitas users enable \(name)'."
    case .noToken:
      "Only users may do this: set BONITAS_TOKEN to your personal token. An administrator makes one: "
        + "'bonitas tokens create --user NAME'."
    case .noUsers:
      "Only users may do this, and there are none yet: 'bonitas users add NAME --role administrator' makes the first, "
        + "and prints the token to be set as BONITAS_TOKEN."
    case .notPermitted(let permission, let actor): Self.notPermitted(permission, actor)
    case .otherActor(let name, let user):
      "The token in BONITAS_TOKEN is \(user)'s, so nothing can be done as '\(name)'. Leave --actor out."
    case .actorWithoutToken(let name):
      "'\(name)' cannot be named as who does this: once there are users, a person acts by the token in BONITAS_TOKEN, "
        + "and --actor only names a program (letters, digits and . _ - @, not a user's name)."

    case .badName(let text):
      "'\(text)' is no name for a user: take letters a to z, digits and . _ - @, a letter first, at most "
        + "\(UserName.longest) characters."
    case .reservedName(let text):
      "'\(text)' is the name under which the program itself acts; take another."
    case .userExists(let name):
      "There is a user \(name) already. 'bonitas users roles \(name)' changes what they may do."
    case .unknownUser(let name):
      "There is no user '\(name)'. 'bonitas users list' shows who there is."
    case .firstMustAdminister:
      "The first user manages the others and needs the role for it: add --role administrator."
    case .noRole: "A user needs at least one role; 'bonitas users disable NAME' takes everything away."
    case .lastAdministrator(let name):
      "The last administrator who can sign in is \(name); make another one first, with a token."
    case .ownAccount(let name):
      "You are \(name), and what you may do is changed by another administrator."
    case .noReason: "Say why, in a few words that somebody else understands later: --reason TEXT."

    case .noSuchToken(let id):
      "There is no token \(id), or it is somebody else's. 'bonitas tokens list' shows yours."
    case .badDays(let days):
      "A token cannot count for \(days) days: take 1 to \(AccessToken.longestDays)."
    case .badLabel: "A label has at most 100 characters and no control characters."
    case .badSecret: "A token needs \(TokenText.secretBytes) random bytes."
    }
  }

  private static func askForToken(_ user: String) -> String {
    "An administrator makes a new one: 'bonitas tokens create --user \(user)'."
  }

  private static func notPermitted(_ permission: Permission, _ actor: Actor) -> String {
    let allowed = permission.roles.sorted().map(\.rawValue)
    let has = actor.roles.sorted().map(\.rawValue).joined(separator: ", ")
    return
      "This takes the role \(allowed.joined(separator: " or ")), and \(actor.name) "
      + "has \(has.isEmpty ? "none" : has). An administrator gives roles: "
      + "'bonitas users roles \(actor.name) --grant \(allowed.first ?? "ROLE") --reason TEXT'."
  }
}
