internal import Values

extension BuiltIns {
  /// String functions (DMN 1.5, 10.3.4.3); positions and lengths count code points.
  static let string: [BuiltIn] = [
    BuiltIn(
      "substring",
      .two("string", "start position", result: .string) {
        (string: String, start: Decimal, _) throws(Refusal) in
        let scalars = string.unicodeScalars
        let first = try Position.require(start, of: scalars.count, in: "string")
        return .string(String(scalars.dropFirst(first)))
      },
      .three("string", "start position", "length", result: .string) {
        (string: String, start: Decimal, length: Decimal, _) throws(Refusal) in
        let scalars = string.unicodeScalars
        let first = try Position.require(start, of: scalars.count, in: "string")
        guard let length = Position.whole(length), length >= 0 else {
          throw .invalid("the length must not be negative")
        }
        return .string(String(scalars.dropFirst(first).prefix(length)))
      }),
    BuiltIn(
      "string length",
      .one("string", result: .number) { (string: String, _) in
        .number(Decimal(string.unicodeScalars.count))
      }),
    BuiltIn(
      "upper case", .one("string", result: .string) { (string: String, _) in .string(string.uppercased()) }),
    BuiltIn(
      "lower case", .one("string", result: .string) { (string: String, _) in .string(string.lowercased()) }),
    BuiltIn(
      "substring before",
      .two("string", "match", result: .string) { (string: String, match: String, _) in
        let text = Array(string.utf8)
        guard let place = ByteSearch.first(of: Array(match.utf8), in: text) else { return .string("") }
        return .string(String(decoding: text[..<place], as: UTF8.self))
      }),
    BuiltIn(
      "substring after",
      .two("string", "match", result: .string) { (string: String, match: String, _) in
        let (text, pattern) = (Array(string.utf8), Array(match.utf8))
        guard let place = ByteSearch.first(of: pattern, in: text) else { return .string("") }
        return .string(String(decoding: text[(place + pattern.count)...], as: UTF8.self))
      }),
    BuiltIn(
      "contains",
      .two("string", "match", result: .boolean) { (string: String, match: String, _) in
        .boolean(ByteSearch.first(of: Array(match.utf8), in: Array(string.utf8)) != nil)
      }),
    BuiltIn(
      "starts with",
      .two("string", "match", result: .boolean) { (string: String, match: String, _) in
        .boolean(string.utf8.starts(with: match.utf8))
      }),
    BuiltIn(
      "ends with",
      .two("string", "match", result: .boolean) { (string: String, match: String, _) in
        .boolean(string.utf8.reversed().starts(with: match.utf8.reversed()))
      }),
    BuiltIn(
      "matches",
      .three("input", "pattern", "flags", result: .boolean) {
        (input: String, pattern: String, flags: String?, _) throws(Refusal) in
        do throws(RegularExpressionError) {
          return .boolean(try RegularExpressionCache.expression(pattern, flags).matches(input))
        } catch {
          throw .regularExpression(error)
        }
      }),
    BuiltIn(
      "replace",
      .four("input", "pattern", "replacement", "flags", result: .string) {
        (input: String, pattern: String, replacement: String, flags: String?, evaluation) throws(Refusal) in
        let limit = evaluation.limits.stringLength
        do throws(RegularExpressionError) {
          let expression = try RegularExpressionCache.expression(pattern, flags)
          if let result = try expression.replacing(in: input, with: replacement, limit: limit) {
            return .string(result)
          }
        } catch {
          throw .regularExpression(error)
        }
        throw .sizeLimit(limit)
      }),
    BuiltIn(
      "split",
      .two("string", "delimiter", result: .list(.string)) {
        (string: String, delimiter: String, _) throws(Refusal) in
        do throws(RegularExpressionError) {
          let parts = try RegularExpressionCache.expression(delimiter, nil).splitting(string)
          return .list(parts.map { .string($0) })
        } catch {
          throw .regularExpression(error)
        }
      }),
    BuiltIn(
      "string join",
      .two("list", "delimiter", result: .string) {
        (list: [String?], delimiter: String?, evaluation) throws(Refusal) in
        let parts = list.compactMap { $0 }
        let delimiters = (delimiter?.utf8.count ?? 0) * max(parts.count - 1, 0)
        let size = parts.reduce(delimiters) { $0 + $1.utf8.count }
        if size > evaluation.limits.stringLength { throw .sizeLimit(evaluation.limits.stringLength) }
        return .string(parts.joined(separator: delimiter ?? ""))
      }),
  ]
}

/// The first place of one run of bytes in another, in linear time (Knuth, Morris and Pratt).
///
/// Comparing UTF-8 compares code points, where Swift's own search holds canonically equivalent strings to be equal.
enum ByteSearch {
  static func first(of pattern: [UInt8], in text: [UInt8]) -> Int? {
    guard pattern.count <= text.count else { return nil }
    guard !pattern.isEmpty else { return 0 }
    var fallback = Array(repeating: 0, count: pattern.count)
    var matched = 0
    for place in pattern.indices.dropFirst() {
      while matched > 0 && pattern[place] != pattern[matched] { matched = fallback[matched - 1] }
      if pattern[place] == pattern[matched] { matched += 1 }
      fallback[place] = matched
    }
    matched = 0
    for place in text.indices {
      while matched > 0 && text[place] != pattern[matched] { matched = fallback[matched - 1] }
      if text[place] == pattern[matched] { matched += 1 }
      if matched == pattern.count { return place - matched + 1 }
    }
    return nil
  }
}
