import Access
import FactStore

/// What was typed after the command's words, checked and typed.
struct Arguments: Sendable {
  /// Who is signed in by a token; nil where nobody is.
  ///
  /// `Gate` alone says it.
  var signedIn: Actor?
  /// The database, where `Gate` has opened it already.
  var opened: FactStore?

  private var values: [String: [any Sendable]] = [:]
  private var flags: Set<String> = []

  /// The value of an option, nil where it was not given; the last one counts.
  subscript<Value>(_ option: Option<Value>) -> Value? {
    values["--" + option.name]?.last as? Value
  }

  /// Every value of an option that repeats, in the order typed.
  func all<Value>(_ option: Option<Value>) -> [Value] {
    values["--" + option.name]?.compactMap { $0 as? Value } ?? []
  }

  /// Whether the flag was given.
  subscript(_ flag: Flag) -> Bool { flags.contains(flag.name) }

  /// The value of a positional, nil where it was left out.
  subscript<Value>(_ positional: Positional<Value>) -> Value? {
    values[positional.name]?.first as? Value
  }

  /// Every value of a positional that repeats.
  func all<Value>(_ positional: Positional<Value>) -> [Value] {
    values[positional.name]?.compactMap { $0 as? Value } ?? []
  }

  /// The value of a required option or positional; the parser has seen to it that it is there.
  func required<Value>(_ option: Option<Value>) throws(Failure) -> Value {
    guard let value = self[option] else {
      throw Failure(usage: .missingOption(option.name, option.placeholder))
    }
    return value
  }

  /// The value of a required positional; the parser has seen to it that it is there.
  func required<Value>(_ positional: Positional<Value>) throws(Failure) -> Value {
    guard let value = self[positional] else { throw Failure(usage: .missingPositional(positional.name)) }
    return value
  }

  func contains(option name: String) -> Bool { values["--" + name] != nil }

  mutating func add(_ value: any Sendable, option name: String) {
    values["--" + name, default: []].append(value)
  }
  mutating func add(_ value: any Sendable, positional name: String) {
    values[name, default: []].append(value)
  }
  mutating func raise(flag name: String) { flags.insert(name) }
}
