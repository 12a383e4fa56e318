import Access
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas users list`: who there is.
  static let usersList = Command(
    "users list",
    summary: "List the users, their roles and until when they can sign in.",
    discussion: "For administrators, auditors and data protection.",
    needs: .signedIn(.seeUsers),
    examples: [Example("bonitas users list", "Everybody, by name.")]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let (users, tokens) = try failing {
      try store.read { reader throws(AccessError) in
        (try AccessStore.users(in: reader.sql), try AccessStore.tokens(in: reader.sql))
      }
    }
    let valid = tokens.filter { $0.state(at: edge.now) == .valid }
    let lastDay = Dictionary(grouping: valid, by: \.user).compactMapValues { $0.map(\.expires).max() }
    if arguments.wantsJSON {
      edge.output.json(
        .array(
          users.map { user in
            var json = Users.describe(user).objectValue ?? JSONObject()
            json["tokenUntil"] = lastDay[user.name].map { .string($0.description) } ?? .null
            return .object(json)
          }))
      return .done
    }
    var table = Table([
      .init("name"), .init("roles", .left, .wraps), .init("state"), .init("can sign in until"),
      .init("added"), .init("by", .left, .leaves),
    ])
    for user in users {
      table.add([
        .init(user.name, .emphasis), .init(Users.words(user.roles)),
        user.isDisabled ? .init("disabled", .warning) : "enabled",
        .init(lastDay[user.name].map { RigaTime.date(at: $0).description } ?? "no token"),
        .init(RigaTime.date(at: user.addedAt).description), .init(user.addedBy),
      ])
    }
    table.write(to: edge.output)
    return .done
  }
}
