/// Swift source with comments and the words of string literals blanked, so that a search finds only code.
///
/// Line breaks stay, so that line numbers hold. Code inside string interpolation stays too.
struct SwiftText {
  let lines: [String]

  init(_ source: String) {
    var scanner = Scanner(source: Array(source))
    lines = scanner.strip().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private struct Scanner {
    let source: [Character]
    var index = 0
    var code = ""

    init(source: [Character]) { self.source = source }

    mutating func strip() -> String {
      scan(untilClosingParenthesis: false)
      return code
    }

    private func peek(_ offset: Int = 0) -> Character? {
      index + offset < source.count ? source[index + offset] : nil
    }

    /// Code, to the end or to the parenthesis that closes an interpolation.
    private mutating func scan(untilClosingParenthesis: Bool) {
      var depth = 0
      while let character = peek() {
        if character == "/", peek(1) == "/" {
          while let next = peek(), !next.isNewline { index += 1 }
        } else if character == "/", peek(1) == "*" {
          skipBlockComment()
        } else if character == "\"" || (character == "#" && opensRawString()) {
          scanString()
        } else {
          if character == "(" { depth += 1 }
          if character == ")" {
            depth -= 1
            if untilClosingParenthesis, depth < 0 {
              index += 1
              return
            }
          }
          code.append(character.isNewline ? "\n" : character)
          index += 1
        }
      }
    }

    private mutating func skipBlockComment() {
      var depth = 0
      while let character = peek() {
        if character == "/", peek(1) == "*" {
          depth += 1
          index += 2
        } else if character == "*", peek(1) == "/" {
          depth -= 1
          index += 2
          if depth == 0 { return }
        } else {
          if character.isNewline { code.append("\n") }
          index += 1
        }
      }
    }

    private func opensRawString() -> Bool {
      var offset = 0
      while peek(offset) == "#" { offset += 1 }
      return peek(offset) == "\""
    }

    private mutating func scanString() {
      var hashes = 0
      while peek() == "#" {
        hashes += 1
        index += 1
      }
      let quotes = peek() == "\"" && peek(1) == "\"" && peek(2) == "\"" ? 3 : 1
      index += quotes
      code.append("\"\"")
      while let character = peek() {
        if character == "\"", closes(quotes, hashes) {
          index += quotes + hashes
          return
        }
        if character == "\\", isEscape(hashes) {
          index += 1 + hashes
          if peek() == "(" {
            index += 1
            code.append(" ")
            scan(untilClosingParenthesis: true)
            code.append(" ")
          } else {
            if peek()?.isNewline == true { code.append("\n") }
            index += 1
          }
          continue
        }
        if character.isNewline {
          code.append("\n")
          if quotes == 1 {
            index += 1
            return
          }
        }
        index += 1
      }
    }

    private func closes(_ quotes: Int, _ hashes: Int) -> Bool {
      (0..<quotes).allSatisfy { peek($0) == "\"" } && (0..<hashes).allSatisfy { peek(quotes + $0) == "#" }
    }

    private func isEscape(_ hashes: Int) -> Bool { (0..<hashes).allSatisfy { peek(1 + $0) == "#" } }
  }
}
