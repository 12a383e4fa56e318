import Testing

@testable import FEEL

@Suite("Regular expressions of XPath")
struct RegularExpressionTests {
  private func matches(_ pattern: String, _ text: String, _ flags: String = "") throws -> Bool {
    try RegularExpression(pattern, flags: RegularExpressionFlags(letters: flags)).matches(text)
  }

  private func fault(_ pattern: String, _ flags: String = "") -> RegularExpressionError.Code? {
    do {
      _ = try RegularExpression(pattern, flags: RegularExpressionFlags(letters: flags))
      return nil
    } catch { return error.code }
  }

  @Test(arguments: [
    ("", "anything", true), ("a", "banana", true), ("^a", "banana", false), ("^b.*a$", "banana", true),
    ("^(an|b)+a$", "banana", true), ("^[a-c]+$", "abcab", true), ("^[^a-c]+$", "xyzb", false),
    ("^[A-Z-[OI]]+$", "ABC", true), ("^[A-Z-[OI]]+$", "ABO", false), ("^[a-z-[aeiou-[e]]]+$", "bed", true),
    ("^[a-z-[aeiou-[e]]]+$", "bad", false), ("^[^a-z-[0-9]]$", "5", false), ("^[^a-z-[0-9]]$", "A", true),
    ("^\\i\\c*$", "_name-1.x", true), ("^\\i\\c*$", "1name", false), ("^\\I\\C$", "1 ", true),
    ("^\\d{3}$", "٣٤٥", true), ("^\\D$", "٣", false), ("^\\w+$", "Ā9_", false), ("^\\w+$", "Ā9", true),
    ("^\\W$", "_", true), ("^\\s\\S$", "\tx", true), ("^\\s$", "\u{A0}", false),
    ("^\\p{L}+$", "Rīga", true), ("^\\p{Lu}\\P{Lu}$", "Ab", true), ("^\\p{IsBasicLatin}+$", "abc", true),
    ("^\\p{IsBasicLatin}+$", "abč", false), ("^\\P{IsBasicLatin}$", "č", true), ("^\\p{IsGreek}$", "α", true),
    ("^[\\p{Nd}\\-x]+$", "1-x", true), ("^[a-]$", "-", true), ("^[-a]$", "-", true),
    ("^[\\[\\]]+$", "[]", true),
    ("^.$", "🐎", true), ("^.$", "e\u{301}", false), (".", "\n", false), (".", "\r", false),
    ("^a{2}$", "aa", true), ("^a{2,}$", "a", false), ("^a{2,3}$", "aaaa", false), ("^a{0}$", "", true),
    ("^(a)(b)\\2\\1$", "abba", true), ("^(a)\\10$", "aa0", true), ("(a)|b\\1", "b", true),
    ("^(a*)*$", "aaa", true), ("^(a*)*b\\1$", "aabaa", true), ("^(|a)+$", "aa", true),
    ("(?:ab)+c", "ababc", true),
    ("^()$", "", true), ("a$", "a\n", false), ("^\\$\\^\\.$", "$^.", true), ("\\n\\r\\t", "\n\r\t", true),
    ("^*a", "ba", true), ("foobar$", "foobar", true), ("^fo*b*", "foobar", true), ("^^a$$", "a", true),
  ])
  func matchesText(pattern: String, text: String, expected: Bool) throws {
    #expect(try matches(pattern, text) == expected, "\(pattern) on \(text)")
  }

  @Test(arguments: [
    (".", "\n", "s", true), ("^b$", "a\nb\nc", "m", true), ("^b$", "a\nb\nc", "", false),
    ("^$", "a\n", "m", false), ("^$", "a\n\nb", "m", true), ("\n^$", "a\n", "m", false),
    ("A.C", "abc", "i", true), ("[A-Z]", "\u{212A}", "i", true), ("[A-Z-[OI]]", "x", "i", true),
    ("[A-Z-[OI]]", "i", "i", false), ("[^Q]", "q", "i", false), ("k", "\u{212A}", "i", true),
    ("\\p{Lu}", "m", "i", false), ("\\P{Lu}", "m", "i", true), ("(a)\\1", "aA", "i", true),
    ("ǆ", "ǅ", "i", true), ("a b", "ab", "x", true), ("a[ ]b", "a b", "x", true), ("a[ ]b", "ab", "x", false),
    ("a{ 2 }", "aa", "x", true), ("a.b", "axb", "q", false), ("a.b", "xa.b", "q", true),
    ("A(", "a(", "qi", true),
    ("h e l l o", "hello world", "smix", true),
  ])
  func flagsChangeMeaning(pattern: String, text: String, flags: String, expected: Bool) throws {
    #expect(try matches(pattern, text, flags) == expected, "\(pattern) on \(text) with \(flags)")
  }

  @Test(arguments: [
    ("(", RegularExpressionError.Code.unexpectedEnd), (")", .unexpectedCharacter), ("[", .unexpectedEnd),
    ("[]", .unexpectedCharacter), ("[^]", .unexpectedCharacter), ("a]", .unexpectedCharacter),
    ("a{", .unexpectedEnd), ("}", .unexpectedCharacter), ("*a", .unexpectedCharacter),
    ("a**", .unexpectedCharacter), ("a{2}{3}", .unexpectedCharacter), ("a{3,2}", .invalidQuantifier),
    ("a{,2}", .unexpectedCharacter), ("a{x}", .unexpectedCharacter), ("\\", .unexpectedEnd),
    ("\\b", .unknownEscape), ("\\x41", .unknownEscape), ("\\u0041", .unknownEscape),
    ("\\Qa\\E", .unknownEscape),
    ("\\A", .unknownEscape), ("\\z", .unknownEscape), ("\\0", .unknownEscape), ("\\e", .unknownEscape),
    ("\\/", .unknownEscape), ("\\p{Foo}", .unknownProperty), ("\\p{IsNowhere}", .unknownProperty),
    ("\\pL", .unknownProperty), ("\\p{L", .unexpectedEnd), ("(?=a)", .unsupportedGroup),
    ("(?!a)", .unsupportedGroup), ("(?<=a)b", .unsupportedGroup), ("(?<name>a)", .unsupportedGroup),
    ("(?i)a", .unsupportedGroup), ("(?>a)", .unsupportedGroup), ("a++", .unexpectedCharacter),
    ("\\1", .invalidBackReference), ("(a\\1)", .invalidBackReference), ("(.)\\3", .invalidBackReference),
    ("([\\1])", .unknownEscape), ("[z-a]", .invalidRange), ("[a-c-e]", .invalidRange),
    ("[a-\\d]", .invalidRange), ("[\\d-z]", .invalidRange), ("[[:alpha:]]", .unexpectedCharacter),
    ("[a&&[b]]", .unexpectedCharacter), ("[a-z-[b]c]", .unexpectedCharacter),
    ("a{1000000000000000000000}", .tooLarge), ("((a{100}){100}){100}", .tooLarge),
  ])
  func refusesWhatXPathDoesNotHave(pattern: String, code: RegularExpressionError.Code) {
    #expect(fault(pattern) == code, "\(pattern)")
  }

  @Test func refusesUnknownFlagsAndDeepNesting() {
    #expect(fault("a", "g") == .unknownFlag)
    #expect(fault("a", "I") == .unknownFlag)
    #expect(fault(String(repeating: "(", count: 100_000)) == .tooLarge)
    #expect(fault(String(repeating: "[a-", count: 100_000)) == .tooLarge)
    #expect(fault("(?:){20000}") == nil)
  }

  @Test(arguments: [
    ("abracadabra", "bra", "*", "a*cada*"), ("abracadabra", "a.*a", "*", "*"),
    ("abracadabra", "a.*?a", "*", "*c*bra"), ("abracadabra", "a(.)", "a$1$1", "abbraccaddabbra"),
    ("AAAA", "A+?", "b", "bbbb"), ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
    ("abcd", "(ab)|(a)", "[1=$1][2=$2]", "[1=ab][2=]cd"),
    ("facetiously", "[iouy]", "[$0]", "facet[i][o][u]sl[y]"),
    ("ab", "(a)", "$12", "a2b"), ("ab", "(a)", "$2", "b"), ("a", "a", "\\$\\\\", "$\\"), ("", "a", "b", ""),
    ("🐎🐎", "🐎", "$0-", "🐎-🐎-"), ("aaa", "(a)(a)?", "<$2>", "<a><>"),
    ("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)", "$12$1", "la"),
    ("2025-01-31", "^(\\d{4})-(\\d{2})-(\\d{2})$", "$3.$2.$1", "31.01.2025"),
  ])
  func replaces(text: String, pattern: String, replacement: String, expected: String) throws {
    #expect(try RegularExpression(pattern).replacing(in: text, with: replacement) == expected)
  }

  @Test func literalFlagLeavesReplacementAlone() throws {
    #expect(try RegularExpression("a.", flags: .literal).replacing(in: "a.ab", with: "$1\\") == "$1\\ab")
  }

  @Test(arguments: ["$", "$a", "\\", "\\a", "a$"])
  func refusesReplacement(replacement: String) throws {
    let expression = try RegularExpression("a")
    do {
      _ = try expression.replacing(in: "a", with: replacement)
      Issue.record("\(replacement) must be refused")
    } catch {
      #expect(error.code == .invalidReplacement)
    }
  }

  @Test(arguments: ["a*", "", ".*?", "^", "a?|b"])
  func refusesToReplaceOrSplitAtNothing(pattern: String) throws {
    let expression = try RegularExpression(pattern)
    #expect(throws: RegularExpressionError(.matchesEmpty)) { try expression.replacing(in: "b", with: "c") }
    #expect(throws: RegularExpressionError(.matchesEmpty)) { try expression.splitting("b") }
  }

  @Test func splits() throws {
    #expect(try RegularExpression(";").splitting("a;b;c;;") == ["a", "b", "c", "", ""])
    #expect(try RegularExpression("\\s+").splitting("John  Doe") == ["John", "Doe"])
    #expect(try RegularExpression(",").splitting("") == [""])
  }

  @Test(arguments: ["(a+)+$", "(a|aa)+$", "(.*)*x", "([a-z]+)*=", "(a?){100}a{100}b"])
  func staysFastOnHostilePatterns(pattern: String) throws {
    let text = String(repeating: "a", count: 2_000) + "!"
    let clock = ContinuousClock()
    var found = true
    let elapsed = try clock.measure { found = try matches(pattern, text) }
    #expect(!found)
    #expect(elapsed < .seconds(5))
  }

  @Test func givesUpOnHostileBackReferences() throws {
    let expression = try RegularExpression("^(a+)+(b)?\\2c$")
    #expect(throws: RegularExpressionError(.tooMuchWork)) {
      try expression.matches(String(repeating: "a", count: 200))
    }
  }

  @Test func agreesWithANaiveMatcher() throws {
    var seed: UInt64 = 42
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    func pattern(_ depth: Int) -> (String, Naive) {
      switch depth == 0 ? random(2) : random(7) {
      case 0: return ("a", .scalar("a"))
      case 1: return ("b", .scalar("b"))
      case 2:
        let (left, right) = (pattern(depth - 1), pattern(depth - 1))
        return ("(?:\(left.0)|\(right.0))", .either(left.1, right.1))
      case 3:
        let body = pattern(depth - 1)
        return ("(\(body.0))*", .many(body.1))
      case 4:
        let body = pattern(depth - 1)
        return ("(\(body.0)){1,2}?", .either(body.1, .both(body.1, body.1)))
      default:
        let (left, right) = (pattern(depth - 1), pattern(depth - 1))
        return (left.0 + right.0, .both(left.1, right.1))
      }
    }
    for _ in 0..<400 {
      let (source, naive) = pattern(4)
      let text = (0..<random(8)).map { _ in random(2) == 0 ? "a" : "b" }.joined()
      let expected = naive.ends(Array(text), [0]).contains(text.count)
      #expect(try matches("^(?:\(source))$", text) == expected, "\(source) on \(text)")
      // A back reference to an empty group changes nothing but sends the pattern to the other matcher.
      #expect(try matches("^()(?:\(source))\\1$", text) == expected, "\(source) on \(text), backtracking")
    }
  }

  /// The set of places where a match can end, straight from the definition.
  private indirect enum Naive {
    case scalar(Character)
    case both(Naive, Naive)
    case either(Naive, Naive)
    case many(Naive)

    func ends(_ text: [Character], _ starts: Set<Int>) -> Set<Int> {
      switch self {
      case .scalar(let scalar):
        return Set(starts.filter { $0 < text.count && text[$0] == scalar }.map { $0 + 1 })
      case .both(let first, let second): return second.ends(text, first.ends(text, starts))
      case .either(let first, let second): return first.ends(text, starts).union(second.ends(text, starts))
      case .many(let body):
        var reached = starts
        while true {
          let further = reached.union(body.ends(text, reached))
          if further == reached { return reached }
          reached = further
        }
      }
    }
  }
}
