extension Command {
  /// Every command in groups, in the order of the help page.
  static let groups: [(title: String, commands: [Command])] = [
    ("Looking after the installation", [doctor])
  ]

  /// Every command.
  static let all: [Command] = groups.flatMap(\.commands)
}
