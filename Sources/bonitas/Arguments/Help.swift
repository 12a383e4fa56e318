/// The help pages, made from the commands' own data.
struct Help {
  let commands: [Command]
  let output: TextStream

  /// Every command with its line, grouped as in `Command.groups`.
  func overview(_ groups: [(title: String, commands: [Command])]) {
    output.line("bonitas rates an energy supplier's customers and explains every rating.")
    output.line("")
    output.line("Usage: bonitas COMMAND [arguments] [options]")
    let width = commands.map(\.title.count).max() ?? 0
    for group in groups {
      output.line("")
      output.line(output.style(.heading, group.title))
      for command in group.commands {
        output.hanging(indent: 2, head: command.title, headWidth: width, body: command.summary)
      }
    }
    output.line("")
    output.line(output.style(.heading, "Options of every command"))
    list(SharedOptions.all)
    output.line("")
    output.line("Exit codes: 0 done, 1 a check failed or was refused, 2 wrong usage, 3 finished with")
    output.line("records in quarantine. 'bonitas COMMAND --help' tells more, with examples.")
  }

  /// The verbs of one noun.
  func noun(_ noun: String, _ family: [Command]) {
    output.line("Usage: bonitas \(noun) VERB [arguments] [options]")
    output.line("")
    let width = family.map(\.title.count).max() ?? 0
    for command in family {
      output.hanging(indent: 2, head: command.title, headWidth: width, body: command.summary)
    }
    output.line("")
    output.line("'bonitas \(noun) VERB --help' tells more, with examples.")
  }

  /// The page of one command.
  func page(_ command: Command) {
    output.line("Usage: \(command.usage)")
    output.line("")
    output.wrapped(command.summary)
    if !command.discussion.isEmpty {
      for paragraph in command.discussion.split(separator: "\n\n") {
        output.line("")
        output.wrapped(paragraph.split(separator: "\n").joined(separator: " "))
      }
    }
    if !command.positionals.isEmpty {
      output.line("")
      output.line(output.style(.heading, "Arguments"))
      list(command.positionals, dashes: false)
    }
    output.line("")
    output.line(output.style(.heading, "Options"))
    list(command.allOptions)
    if !command.examples.isEmpty {
      output.line("")
      output.line(output.style(.heading, "Examples"))
      for example in command.examples {
        output.line("  " + output.style(.emphasis, example.line))
        output.wrapped(example.meaning, indent: 6)
      }
    }
  }

  private func list(_ declarations: [any Declaration], dashes: Bool = true) {
    let heads = declarations.map { declaration in
      dashes
        ? "--\(declaration.name)\(declaration.placeholder.map { " " + $0 } ?? "")"
        : declaration.name
    }
    let width = heads.map(\.count).filter { $0 <= 26 }.max() ?? 0
    for (head, declaration) in zip(heads, declarations) {
      output.hanging(indent: 2, head: head, headWidth: width, body: declaration.summary)
    }
  }
}
