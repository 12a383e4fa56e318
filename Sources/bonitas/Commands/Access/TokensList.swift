import Access
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas tokens list`: which tokens there are.
  static let tokensList = Command(
    "tokens list",
    summary: "List your tokens, or as an administrator everybody's; never their secrets.",
    discussion: "Below the table stands what the tokens of programs may do, for which company and what for.",
    options: [user, everybody], needs: .signedIn(.readPersonalData),
    examples: [
      Example("bonitas tokens list", "Yours."), Example("bonitas tokens list --all", "Everybody's."),
    ]
  ) { arguments, edge throws(Failure) in
    if arguments[user] != nil, arguments[everybody] {
      throw Failure(usage: .conflict("Take --user or --all, not both."))
    }
    let actor = try arguments.user()
    let name: String? = arguments[everybody] ? nil : arguments[user] ?? actor.name
    if name.map({ !UserName.areSame($0, actor.name) }) ?? true, !actor.may(.seeUsers) {
      throw Failure(AccessError.notPermitted(.seeUsers, actor))
    }
    let store = try arguments.store(edge)
    let tokens: [AccessToken]
    do throws(AccessError) {
      tokens = try store.read { reader throws(AccessError) in
        if let name, try AccessStore.user(named: name, in: reader.sql) == nil { throw .unknownUser(name) }
        return try AccessStore.tokens(of: name, in: reader.sql)
      }
    } catch {
      throw Users.failure(error, store)
    }
    if arguments.wantsJSON {
      edge.output.json(.array(tokens.map { Users.describe($0, at: edge.now) }))
      return .done
    }
    if tokens.isEmpty {
      edge.output.line("There are no tokens.")
      return .done
    }
    var table = Table([
      .init("token", .right), .init("user"), .init("label", .left, .wraps), .init("state"), .init("expires"),
      .init("issued"), .init("by", .left, .leaves),
    ])
    for token in tokens {
      let state = token.state(at: edge.now)
      table.add([
        .init(token.id), .init(token.user), .init(token.label),
        .init(state.rawValue, state == .valid ? .good : .dim), .init(token.expires.description),
        .init(RigaTime.date(at: token.issuedAt).description), .init(token.issuedBy),
      ])
    }
    table.write(to: edge.output)
    for case (let id, let grant?) in tokens.map({ ($0.id, $0.grant) }) {
      edge.output.line("Token \(id): \(ServiceOptions.words(grant)).")
    }
    return .done
  }

  private static let user = Option("user", .name("NAME"), "This user's, for administrators and auditors.")
  private static let everybody = Flag("all", "Everybody's, for administrators and auditors.")
}
