import Formats
import SQLite
import Values

extension EvidenceError {
  /// Where, what, and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .noRules:
      "The rule set in force has no \(EvidenceRules.path), which says what may be attached; activate one that has it."
    case .rules(let place, let fault): "\(EvidenceRules.path), \(place): \(fault)."
    case .forbiddenKind(let kind, let because): "'\(kind)' may not be attached: \(because)."
    case .unknownKind(let kind, let known):
      "'\(kind)' is no kind of evidence. There are: \(known.joined(separator: ", "))."
    case .address(let text, let fault): "'\(Self.shortened(text))' is no address: \(fault.sentence)."
    case .blockedHost(let host):
      "\(host) is a social network and no source for a decision; nothing was attached. Find another source, or leave it "
        + "out."
    case .hiddenTarget(let host):
      "\(host) hides where the address leads; open it and give the address that the browser then shows."
    case .missing(let need, let kind):
      switch need {
      case .file: "A \(kind) needs its file: name it after the case."
      case .address: "A \(kind) needs the address where it is found: --address."
      case .date: "A \(kind) needs its date: --date."
      case .note: "A \(kind) needs a note that tells what it shows: --note."
      }
    case .nothing: "There is nothing to attach: name a file, or give --address and --note."
    case .dateAhead(let date, let today): "The date \(date) lies ahead of today, \(today)."
    case .noteTooLong(let limit):
      "The note is longer than \(limit) characters; attach a longer text as a file."
    case .file(let error): error.sentence
    case .emptyFile(let name): "\(name): the file is empty, so it is evidence of nothing."
    case .known(let id): "The case has this already as \(id); nothing was attached a second time."
    case .tooMany(let limit):
      "The case has \(limit) attachments, which is the most; nobody reviews more. Join papers into one file."
    case .unknown(let id): "There is no attachment \(id); 'bonitas review show CASE' lists those of a case."
    case .noFile(let id): "\(id) has no file: it is an address with a note."
    case .damaged(let id):
      "The stored file of \(id) is not the one that was attached: the database was changed or is damaged. Restore it "
        + "from a backup; 'bonitas audit verify' tells what else was changed."
    }
  }

  private static func shortened(_ text: String) -> String {
    text.count > 80 ? text.prefix(79) + "…" : text
  }
}

extension EvidenceAddress.Fault {
  /// The middle of a sentence: what is wrong with the address.
  var sentence: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong:
      "it is longer than \(EvidenceAddress.limit) bytes; leave out what the site adds to follow readers"
    case .blankOrControl: "it holds a blank or a character that cannot be seen; write a blank as %20"
    case .backslash: "it holds a backslash; write slashes"
    case .scheme: "it must begin with https:// or http://, or be an ECLI"
    case .userName: "a name before the host hides where it leads; leave out what stands before the @"
    case .host: "it names no host such as www.example.lv"
    case .notASCII:
      "the host has letters that look like others; write it as xn--..., as the browser copies it"
    case .number: "the host is a number that does not tell whose it is; give its name"
    case .port: "the port is not a number from 1 to 65535"
    case .ecli: "an ECLI has five parts, as in ECLI:EU:C:2025:117"
    }
  }
}
