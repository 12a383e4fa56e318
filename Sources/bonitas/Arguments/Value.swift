import Values

/// How the text of an option or positional becomes a typed value, and how it is called in help.
///
/// The reading gives either the value or the middle of a sentence ("is not a date ...") that the parser completes
/// with the place.
struct ValueKind<Value: Sendable>: Sendable {
  /// What the text stands for in usage lines: `FILE`, `DATE`.
  let placeholder: String
  /// The words that are possible, where there are few.
  let choices: [String]
  let read: @Sendable (String) -> Reading<Value>

  init(
    placeholder: String, choices: [String] = [], read: @escaping @Sendable (String) -> Reading<Value>
  ) {
    self.placeholder = placeholder
    self.choices = choices
    self.read = read
  }
}

/// A value, or the reason why the text gives none.
enum Reading<Value: Sendable>: Sendable {
  case value(Value)
  case problem(String)
}

extension ValueKind where Value == String {
  /// Any text that is not empty.
  static func text(_ placeholder: String) -> ValueKind {
    ValueKind(placeholder: placeholder) { text in
      text.isEmpty ? .problem("is empty") : .value(text)
    }
  }

  /// A path in the file system; `-` is left to the command.
  static func path(_ placeholder: String = "FILE") -> ValueKind {
    ValueKind(placeholder: placeholder) { text in
      if text.isEmpty { return .problem("is empty where a path is needed") }
      if text.utf8.contains(0) { return .problem("is not a path: it holds a zero byte") }
      return .value(text)
    }
  }

  /// One of a few words.
  static func choice(_ words: [String]) -> ValueKind {
    ValueKind(placeholder: words.joined(separator: "|"), choices: words) { text in
      if words.contains(text) { return .value(text) }
      let nearest = NearestMatch.of(text, among: words).map { " (did you mean '\($0)'?)" } ?? ""
      return .problem("is not one of \(words.joined(separator: ", "))\(nearest)")
    }
  }

  /// A name that stands in records: short and without control characters.
  static func name(_ placeholder: String) -> ValueKind {
    ValueKind(placeholder: placeholder) { text in
      if text.isEmpty { return .problem("is empty") }
      if text.utf8.count > 200 { return .problem("is longer than 200 bytes") }
      if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        return .problem("holds a control character")
      }
      return .value(text)
    }
  }
}

extension ValueKind where Value == Int {
  /// A whole number within bounds.
  static func integer(_ placeholder: String, in bounds: ClosedRange<Int>) -> ValueKind {
    ValueKind(placeholder: placeholder) { text in
      guard let number = Int(text) else { return .problem("is not a whole number") }
      guard bounds.contains(number) else {
        return .problem("is not between \(bounds.lowerBound) and \(bounds.upperBound)")
      }
      return .value(number)
    }
  }
}

extension ValueKind where Value == CivilDate {
  /// A civil date of the years 1 to 9999, `2026-06-30`.
  static var date: ValueKind {
    ValueKind(placeholder: "DATE") { text in
      guard let date = CivilDate(text), (1...9999).contains(date.year) else {
        return .problem("is not a date of the calendar; write it as 2026-06-30")
      }
      return .value(date)
    }
  }
}

extension ValueKind where Value == Instant {
  /// A moment, `2026-06-30T12:00:00Z`; a bare date is its first moment in UTC.
  static var instant: ValueKind {
    ValueKind(placeholder: "INSTANT") { text in
      if let instant = Instant(text) { return .value(instant) }
      if CivilDate(text) != nil, let instant = Instant(text + "T00:00:00Z") { return .value(instant) }
      return .problem("is not an instant; write it as 2026-06-30T12:00:00Z or 2026-06-30")
    }
  }
}
