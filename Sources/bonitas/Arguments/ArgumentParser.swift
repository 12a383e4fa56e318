/// From the words that were typed to a command and its checked arguments.
///
/// Strict: every word is understood or refused. Shared options may stand before the command's words, everything
/// else after them; `--` ends the options; a single dash is a positional (standard input).
struct ArgumentParser {
  let commands: [Command]

  /// What was asked for.
  enum Request {
    case run(Command, Arguments)
    case help(Command)
    case overview
    case version
    /// A noun with several verbs, asked for its help.
    case noun(String, [Command])
  }

  /// Reads everything after the program's name.
  func parse(_ words: [String]) throws(UsageError) -> Request {
    var rest = words
    if rest.first == "--version" || rest.first == "version", rest.count == 1 { return .version }
    if rest.first == "help" {
      rest.removeFirst()
      return try help(rest.filter { !$0.hasPrefix("-") })
    }
    let leading = try takeLeadingOptions(&rest)
    guard let noun = rest.first else {
      if leading.contains("--help") { return .overview }
      throw .noCommand
    }
    let command: Command
    do throws(UsageError) {
      command = try resolve(&rest)
    } catch {
      let asksHelp = words.contains("--help") || words.contains("-h")
      if case .missingVerb = error, asksHelp { return try help([noun]) }
      throw error
    }
    let typed = leading + rest
    let options = typed.prefix { $0 != "--" }
    if options.contains("--help") || options.contains("-h") { return .help(command) }
    return .run(command, try arguments(typed, of: command))
  }

  /// Moves shared options that stand before the command out of the words.
  private func takeLeadingOptions(_ words: inout [String]) throws(UsageError) -> [String] {
    var taken: [String] = []
    while let word = words.first, word.hasPrefix("-"), word != "-" {
      if word == "-h" {
        taken.append("--help")
        words.removeFirst()
        continue
      }
      guard word.hasPrefix("--"), word != "--" else { throw .shortOption(word) }
      let (name, value) = split(word)
      guard let option = SharedOptions.all.first(where: { $0.name == name }) else {
        throw .unknownOption(
          name, command: nil, nearest: NearestMatch.of(name, among: SharedOptions.all.map(\.name)))
      }
      taken.append(words.removeFirst())
      if value == nil, option.placeholder != nil {
        guard let next = words.first else {
          throw .missingValue(option: name, placeholder: option.placeholder)
        }
        taken.append(next)
        words.removeFirst()
      }
    }
    return taken
  }

  /// Takes the command's words from the front.
  private func resolve(_ words: inout [String]) throws(UsageError) -> Command {
    guard let noun = words.first else { throw .noCommand }
    let family = commands.filter { $0.words.first == noun }
    guard !family.isEmpty else {
      var nouns: [String] = ["help"]
      for command in commands where !nouns.contains(command.words[0]) { nouns.append(command.words[0]) }
      throw .unknownCommand(noun, nearest: NearestMatch.of(noun, among: nouns))
    }
    words.removeFirst()
    let single = family.first { $0.words.count == 1 }
    if let single, family.count == 1 { return single }
    let verbs = family.compactMap { $0.words.dropFirst().first }
    guard let verb = words.first, !verb.hasPrefix("-") else {
      // A noun that does something by itself: `review`, `stop`.
      if let single { return single }
      throw .missingVerb(noun: noun, verbs: verbs)
    }
    guard let command = family.first(where: { $0.words.dropFirst().first == verb }) else {
      throw .unknownVerb(
        noun: noun, verb: verb, verbs: verbs, nearest: NearestMatch.of(verb, among: verbs))
    }
    words.removeFirst()
    return command
  }

  private func help(_ words: [String]) throws(UsageError) -> Request {
    guard let noun = words.first else { return .overview }
    let family = commands.filter { $0.words.first == noun }
    if words.count == 1, family.count > 1 || family.first?.words.count == 2 { return .noun(noun, family) }
    var rest = words
    return .help(try resolve(&rest))
  }

  private func arguments(_ words: [String], of command: Command) throws(UsageError) -> Arguments {
    var arguments = Arguments()
    var positionals = command.positionals[...]
    var filled: Set<String> = []
    var onlyPositionals = false
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if !onlyPositionals, word == "--" {
        onlyPositionals = true
      } else if !onlyPositionals, word.hasPrefix("--") {
        let (name, inline) = split(word)
        let option = try self.option(name, of: command)
        guard option.placeholder != nil else {
          guard inline == nil else { throw .valueForFlag(name) }
          arguments.raise(flag: name)
          continue
        }
        if arguments.contains(option: name), !option.repeats { throw .repeated(option: name) }
        var text = inline
        if text == nil {
          // A value that begins with two dashes has to be written with "=": it is far oftener a forgotten value.
          guard index < words.count, !words[index].hasPrefix("--") else {
            throw .missingValue(option: name, placeholder: option.placeholder)
          }
          text = words[index]
          index += 1
        }
        arguments.add(try value(of: option, text ?? "", place: "--\(name)"), option: name)
      } else if !onlyPositionals, word.hasPrefix("-"), word != "-" {
        throw .shortOption(word)
      } else {
        guard let positional = positionals.first else {
          throw .tooManyPositionals(word, command: command.title)
        }
        arguments.add(
          try value(of: positional, word, place: positional.name), positional: positional.name)
        filled.insert(positional.name)
        if !positional.repeats { positionals.removeFirst() }
      }
    }
    for positional in command.positionals where positional.isRequired && !filled.contains(positional.name) {
      throw .missingPositional(positional.name)
    }
    for option in command.options where option.isRequired && !arguments.contains(option: option.name) {
      throw .missingOption(option.name, option.placeholder)
    }
    return arguments
  }

  private func option(_ name: String, of command: Command) throws(UsageError) -> any Declaration {
    let taken = command.allOptions
    if let option = taken.first(where: { $0.name == name }) { return option }
    if SharedOptions.all.contains(where: { $0.name == name }) {
      throw .optionNotTaken(name, command: command.title)
    }
    throw .unknownOption(
      name, command: command.title, nearest: NearestMatch.of(name, among: taken.map(\.name)))
  }

  private func value(
    of declaration: any Declaration, _ text: String, place: String
  ) throws(UsageError) -> any Sendable {
    switch declaration.read(text) {
    case .value(let value): return value
    case .problem(let problem): throw .wrongValue(place: place, text: text, problem: problem)
    }
  }

  /// `--name=value` into its parts; the dashes go.
  private func split(_ word: String) -> (name: String, value: String?) {
    let body = word.dropFirst(2)
    guard let sign = body.firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<sign]), String(body[body.index(after: sign)...]))
  }
}
