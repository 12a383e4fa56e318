/// The words behind the name of a benchmark: `--name value` and bare `--flag`s.
struct CommandWords {
  private var values: [String: String] = [:]
  private var flags: Set<String> = []
  private let usage: String

  /// Takes the words apart; a word that is in neither list is an error that shows the usage.
  init(_ words: [String], values names: Set<String>, flags known: Set<String>, usage: String)
    throws(LoadError)
  {
    self.usage = usage
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else { throw .usage("Unknown word \(word).\n\(usage)") }
      let name = String(word.dropFirst(2))
      if known.contains(name) {
        flags.insert(name)
      } else if names.contains(name), let value = rest.popFirst() {
        values[name] = value
      } else {
        throw .usage("\(word) is unknown, or its value is missing.\n\(usage)")
      }
    }
  }

  subscript(name: String) -> String? { values[name] }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  func required(_ name: String) throws(LoadError) -> String {
    guard let value = values[name] else { throw .usage("--\(name) is missing.\n\(usage)") }
    return value
  }

  /// A whole number in the range, or the default where the word was not given.
  func integer(
    _ name: String, in range: ClosedRange<Int>, default other: Int? = nil
  ) throws(LoadError) -> Int {
    guard let text = values[name] else {
      guard let other else { throw .usage("--\(name) is missing.\n\(usage)") }
      return other
    }
    guard let value = Int(text), range.contains(value) else {
      throw .usage(
        "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not \(text).")
    }
    return value
  }

  /// A number of the range, or the default where the word was not given.
  func number(
    _ name: String, in range: ClosedRange<Double>, default other: Double? = nil
  ) throws(LoadError) -> Double {
    guard let text = values[name] else {
      guard let other else { throw .usage("--\(name) is missing.\n\(usage)") }
      return other
    }
    guard let value = Double(text), range.contains(value) else {
      throw .usage("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(text).")
    }
    return value
  }
}
