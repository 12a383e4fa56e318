/// Swift source with comments and the words of string literals blanked, so that a search finds only code.
///
/// Line breaks stay, so that line numbers hold. Code inside string interpolation stays too. Bytes, not characters: the
/// whole house is read in every test run.
struct SwiftText {
  let lines: [[UInt8]]

  init(_ source: String) {
    var scanner = Scanner(source: Array(source.utf8))
    lines = scanner.strip().split(separator: Byte.newline, omittingEmptySubsequences: false).map(Array.init)
  }

  private struct Scanner {
    let source: [UInt8]
    var index = 0
    var code: [UInt8] = []

    init(source: [UInt8]) { self.source = source }

    mutating func strip() -> [UInt8] {
      scan(untilClosingParenthesis: false)
      return code
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
      index + offset < source.count ? source[index + offset] : nil
    }

    /// Code, to the end or to the parenthesis that closes an interpolation.
    private mutating func scan(untilClosingParenthesis: Bool) {
      var depth = 0
      while let byte = peek() {
        if byte == Byte.slash, peek(1) == Byte.slash {
          while let next = peek(), next != Byte.newline { index += 1 }
        } else if byte == Byte.slash, peek(1) == Byte.star {
          skipBlockComment()
        } else if byte == Byte.quote || (byte == Byte.hash && opensRawString()) {
          scanString()
        } else {
          if byte == Byte.open { depth += 1 }
          if byte == Byte.close {
            depth -= 1
            if untilClosingParenthesis, depth < 0 {
              index += 1
              return
            }
          }
          code.append(byte)
          index += 1
        }
      }
    }

    private mutating func skipBlockComment() {
      var depth = 0
      while let byte = peek() {
        if byte == Byte.slash, peek(1) == Byte.star {
          depth += 1
          index += 2
        } else if byte == Byte.star, peek(1) == Byte.slash {
          depth -= 1
          index += 2
          if depth == 0 { return }
        } else {
          if byte == Byte.newline { code.append(byte) }
          index += 1
        }
      }
    }

    private func opensRawString() -> Bool {
      var offset = 0
      while peek(offset) == Byte.hash { offset += 1 }
      return peek(offset) == Byte.quote
    }

    private mutating func scanString() {
      var hashes = 0
      while peek() == Byte.hash {
        hashes += 1
        index += 1
      }
      let quotes = peek() == Byte.quote && peek(1) == Byte.quote && peek(2) == Byte.quote ? 3 : 1
      index += quotes
      code += [Byte.quote, Byte.quote]
      while let byte = peek() {
        if byte == Byte.quote, closes(quotes, hashes) {
          index += quotes + hashes
          return
        }
        if byte == Byte.backslash, isEscape(hashes) {
          index += 1 + hashes
          if peek() == Byte.open {
            index += 1
            code.append(Byte.space)
            scan(untilClosingParenthesis: true)
            code.append(Byte.space)
          } else {
            if peek() == Byte.newline { code.append(Byte.newline) }
            index += 1
          }
          continue
        }
        index += 1
        if byte == Byte.newline {
          code.append(byte)
          if quotes == 1 { return }
        }
      }
    }

    private func closes(_ quotes: Int, _ hashes: Int) -> Bool {
      (0..<quotes).allSatisfy { peek($0) == Byte.quote }
        && (0..<hashes).allSatisfy { peek(quotes + $0) == Byte.hash }
    }

    private func isEscape(_ hashes: Int) -> Bool { (0..<hashes).allSatisfy { peek(1 + $0) == Byte.hash } }
  }
}

/// The bytes that the scan looks for.
enum Byte {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let quote = UInt8(ascii: "\"")
  static let hash = UInt8(ascii: "#")
  static let open = UInt8(ascii: "(")
  static let close = UInt8(ascii: ")")
  static let backslash = UInt8(ascii: "\\")
  static let exclamation = UInt8(ascii: "!")
  static let equals = UInt8(ascii: "=")

  /// Letters, digits, underscore, and every byte of a letter outside ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
