/// Why a command did not end well: a stable code, the sentence for people, and the exit status.
///
/// The one place where the rooms' error data turn into words and exit codes; the translations stand in
/// `Failure+Rooms.swift`.
struct Failure: Error, Hashable, Sendable {
  /// Stable, for scripts: `usage`, `no-such-customer`.
  let code: String
  let sentence: String
  let status: ExitStatus

  init(_ code: String, _ sentence: String, status: ExitStatus = .refused) {
    self.code = code
    self.sentence = Self.asSentence(sentence)
    self.status = status
  }

  init(usage error: UsageError) {
    self.init("usage", error.sentence, status: .usage)
  }

  /// The rooms write clauses ("cannot open ..."), people read sentences.
  ///
  /// A first word that is no plain word (a path, a code) keeps its spelling.
  private static func asSentence(_ text: String) -> String {
    var sentence = text
    let first = sentence.prefix { $0 != " " }
    if let letter = first.first, first.allSatisfy({ $0.isASCII && $0.isLetter && $0.isLowercase }) {
      sentence = letter.uppercased() + sentence.dropFirst()
    }
    if let last = sentence.last, last.isLetter || last.isNumber || ")'\"]".contains(last) { sentence += "." }
    return sentence
  }
}

/// Runs work of the rooms below and turns whatever it throws into a `Failure`.
func failing<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(error)
  }
}
