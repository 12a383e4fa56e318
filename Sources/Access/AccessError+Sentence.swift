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

    case .serviceStandsAlone:
      "The role service stands alone and stays: a program gets a user of its own, 'bonitas users add NAME --role "
        + "service', and a person another one."
    case .serviceWithoutGrant(let name):
      "\(name) is a service, and its tokens say what they may do, for whom and what for: add --scope SCOPE, "
        + "--company COMPANY and --purpose PURPOSE."
    case .personWithGrant(let name):
      "\(name) is a person, whose tokens may do what the roles say: leave --scope out, or make a user for the program, "
        + "'bonitas users add NAME --role service'."
    case .serviceToken(let id, let user):
      "Token \(id) is for the program \(user), which asks the service by it and runs no commands. Set BONITAS_TOKEN to "
        + "your personal token."
    case .personalToken(let id, let user):
      "Token \(id) is \(user)'s personal one, and the service answers programs alone: 'bonitas tokens create --user "
        + "NAME --scope SCOPE --company COMPANY --purpose PURPOSE' makes a token for one."
    case .missingScope(let scope, let token):
      "Token \(token) was made without the scope \(scope.rawValue), which this takes. What a token may do does not "
        + "change: an administrator makes another with --scope \(scope.rawValue)."
    case .otherJurisdiction(let jurisdiction, let token):
      "Token \(token) was made for customers of other countries than \(jurisdiction). What a token may do does not "
        + "change: an administrator makes another with --jurisdiction \(jurisdiction)."
    case .otherSource(let source, let token):
      "Token \(token) was not made for facts of the source '\(source)'. What a token may do does not change: an "
        + "administrator makes another with --source \(source)."
    case .badSource(let text):
      "'\(text)' is no source that a token can be made for: write a name without blanks in letters and signs of "
        + "ASCII, at most \(ServiceGrant.longestSource) of them."
    case .noScope:
      "A service token needs at least one scope: --scope \(Scope.allCases.map(\.rawValue).joined(separator: "|"))."
    case .badCompany(let text):
      "'\(text)' is no name for the receiving company: write one line with a letter in it, single blanks between words, "
        + "no control or unseen characters, at most \(ServiceGrant.longestCompany) bytes."
    case .otherSpelling(let text, let known):
      "'\(text)' stands in other tokens as '\(known)', and what a company asked for is found by its name. Take "
        + "--company '\(known)'."
    case .badPurpose(let text):
      "'\(text)' is no purpose: write one word like order-intake, with a letter first, small letters, digits and hyphens, "
        + "at most \(ServiceGrant.longestPurpose) characters."
    case .noJurisdiction:
      "A token limited to no country would be for nobody: name one, or leave the limit out."
    case .badRate(let rate):
      "A token cannot have \(rate) requests a second: take \(Self.range(ServiceGrant.rates))."
    case .badBurst(let burst):
      "A token cannot have \(burst) requests at once: take \(Self.range(ServiceGrant.bursts))."

    case .noSuchToken(let id):
      "There is no token \(id), or it is somebody else's. 'bonitas tokens list' shows yours."
    case .badDays(let days):
      "A token cannot count for \(days) days: take 1 to \(AccessToken.longestDays)."
    case .badLabel: "A label has at most 100 characters and no control characters."
    case .badSecret: "A token needs \(TokenText.secretBytes) random bytes."
    }
  }

  /// What a program is told that was not let in over the network: no name, and nothing about commands.
  public var callerSentence: String {
    switch self {
    case .noToken: "A token is needed, in the header 'Authorization: Bearer TOKEN'."
    case .malformedToken:
      "The header Authorization holds no token: it is 'Bearer', a blank and one word, bonitas_, a number, _ and 64 "
        + "hexadecimal digits."
    case .unknownToken:
      "The token is not known here: it was made for another service, or was not copied whole."
    case .expiredToken(let id, _, let at): "Token \(id) expired at \(at); an administrator makes another."
    case .revokedToken(let id, _, let at): "Token \(id) was revoked at \(at); an administrator makes another."
    case .disabledUser: "The user of the token is disabled."
    case .personalToken(let id, _):
      "Token \(id) is a person's, and the service answers programs by tokens with scopes alone."
    case .missingScope(let scope, let token): "Token \(token) was made without the scope \(scope.rawValue)."
    case .otherJurisdiction(let jurisdiction, let token):
      "Token \(token) was not made for customers of \(jurisdiction)."
    case .otherSource(let source, let token):
      "Token \(token) was not made for facts of the source '\(source)'."
    default: "Who asks could not be told; the service's log says why."
    }
  }

  private static func range(_ bounds: ClosedRange<Int>) -> String {
    "\(bounds.lowerBound) to \(bounds.upperBound)"
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
