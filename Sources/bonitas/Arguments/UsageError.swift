/// What can be wrong with what was typed; data for `sentence`, always exit code 2.
enum UsageError: Error, Hashable, Sendable {
  case noCommand
  case unknownCommand(String, nearest: String?)
  case unknownVerb(noun: String, verb: String, verbs: [String], nearest: String?)
  case missingVerb(noun: String, verbs: [String])
  case unknownOption(String, command: String?, nearest: String?)
  case optionNotTaken(String, command: String)
  case shortOption(String)
  case missingValue(option: String, placeholder: String?)
  case valueForFlag(String)
  case repeated(option: String)
  case wrongValue(place: String, text: String, problem: String)
  case missingOption(String, String?)
  case missingPositional(String)
  case tooManyPositionals(String, command: String)
  /// Options that do not go together, told in a whole sentence by the command.
  case conflict(String)
}

extension UsageError {
  /// What is wrong and how to mend it, as one sentence or two.
  var sentence: String {
    switch self {
    case .noCommand:
      return "No command given."
    case .unknownCommand(let word, let nearest):
      return "There is no command '\(visible(word))'.\(suggestion(nearest))"
    case .unknownVerb(let noun, let verb, let verbs, let nearest):
      let possible = nearest == nil ? " Possible: \(verbs.joined(separator: ", "))." : ""
      return "'\(noun)' has no verb '\(visible(verb))'.\(suggestion(nearest))\(possible)"
    case .missingVerb(let noun, let verbs):
      return "'\(noun)' needs a verb: \(verbs.joined(separator: ", "))."
    case .unknownOption(let name, let command, let nearest):
      let place = command.map { " of '\($0)'" } ?? ""
      return "Unknown option '--\(visible(name))'\(place).\(suggestion(nearest.map { "--" + $0 }))"
    case .optionNotTaken(let name, let command):
      return "'\(command)' takes no option '--\(name)': it would change nothing."
    case .shortOption(let text):
      return "Unknown option '\(visible(text))'. Options are written in full, with two dashes."
    case .missingValue(let option, let placeholder):
      return "Option '--\(option)' needs a value: --\(option) \(placeholder ?? "VALUE")."
    case .valueForFlag(let name):
      return "Option '--\(name)' takes no value."
    case .repeated(let option):
      return "Option '--\(option)' is given twice."
    case .wrongValue(let place, let text, let problem):
      return "\(place): '\(visible(text))' \(problem)."
    case .missingOption(let name, let placeholder):
      return "Missing option '--\(name)\(placeholder.map { " " + $0 } ?? "")'."
    case .missingPositional(let name):
      return "Missing argument \(name)."
    case .tooManyPositionals(let text, let command):
      return "'\(command)' does not take the argument '\(visible(text))'."
    case .conflict(let sentence):
      return sentence
    }
  }

  private func suggestion(_ nearest: String?) -> String {
    nearest.map { " Did you mean '\($0)'?" } ?? ""
  }
}
