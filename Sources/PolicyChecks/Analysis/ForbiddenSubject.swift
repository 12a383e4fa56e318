/// Something that may not decide about a customer, and the beginnings of words by which it is told.
///
/// A phrase matches words that follow each other, each beginning with the phrase's word: `veselīb` finds `veselības`.
/// `=` before a word asks for the whole word.
struct ForbiddenSubject: Sendable {
  let name: String
  let ground: String
  let phrases: [[String]]

  private init(_ name: String, _ ground: String, _ phrases: [String]) {
    self.name = name
    self.ground = ground
    self.phrases = phrases.map { $0.split(separator: " ").map(String.init) }
  }

  private static let special = "GDPR article 9(1), article 22(4)"
  private static let equal = "Charter of Fundamental Rights, article 21"
  private static let minimal = "GDPR article 5(1)(c)"
  private static let credit = "Directive (EU) 2023/2225, article 18(3)"

  /// Every subject, each with words in English, Latvian and Estonian.
  static let all: [ForbiddenSubject] = [
    ForbiddenSubject(
      "sex or gender", "Directive 2004/113/EC, article 5; \(equal)",
      ["=sex", "gender", "=male", "=female", "dzimum", "=sugu", "=soo", "sooline"]),
    ForbiddenSubject(
      "nationality or citizenship", equal,
      ["nationalit", "citizen", "pilsonīb", "valstspiederīb", "kodakond", "rahvus"]),
    ForbiddenSubject(
      "ethnic origin", special,
      ["ethnic", "=race", "racial", "tautīb", "etnisk", "rases", "etnili", "päritolu", "rass"]),
    ForbiddenSubject(
      "health", special,
      ["health", "medical", "illness", "disease", "diagnos", "veselīb", "slimīb", "tervis", "haigus"]),
    ForbiddenSubject(
      "disability", special, ["disab", "invalidit", "invalīd", "puue", "puude", "erivajadus"]),
    ForbiddenSubject(
      "religion or belief", special,
      ["religio", "=faith", "church", "reliģ", "ticīb", "=usk", "usund", "usulin"]),
    ForbiddenSubject(
      "political opinion or trade union", special,
      ["politic", "trade union", "politisk", "arodbiedr", "poliitili", "ametiühing"]),
    ForbiddenSubject(
      "sexual orientation", special, ["sexual", "seksuāl", "seksuaal"]),
    ForbiddenSubject(
      "genetic or biometric data", special, ["genetic", "biometri", "ģenētisk", "biometr", "geneeti"]),
    ForbiddenSubject("language", equal, ["language", "valod", "=keel", "keele", "mother tongue"]),
    ForbiddenSubject(
      "name of a person", equal,
      [
        "=name", "=surname", "first name", "last name", "=vārds", "uzvārd", "=nimi", "eesnimi",
        "perekonnanimi",
      ]),
    ForbiddenSubject(
      "exact address", minimal,
      [
        "address", "street", "postcode", "postal code", "adres", "=iela", "=ielas", "pasta indek", "aadress",
        "tänav",
        "sihtnumber",
      ]),
    ForbiddenSubject(
      "age or date of birth, beyond legal capacity", equal,
      ["birth", "=age of customer", "customer =age", "dzimšan", "sünni", "=vecums", "=vanus"]),
    ForbiddenSubject(
      "marketing data", "GDPR articles 5(1)(b), 21(2)",
      [
        "marketing", "campaign", "newsletter", "clickstream", "=clicks", "mārketing", "kampaņ", "jaunumu",
        "turundus", "kampaania", "uudiskir",
      ]),
    ForbiddenSubject(
      "social networks", credit,
      [
        "social network", "social media", "facebook", "instagram", "linkedin", "tiktok", "twitter",
        "sociāl tīkl",
        "sociāl medij", "sotsiaalmeedia", "sotsiaalvõrgusti",
      ]),
    ForbiddenSubject(
      "family", equal,
      ["marital", "pregnan", "children", "ģimenes stāvokl", "grūtniec", "perekonnaseis", "rasedus"]),
    ForbiddenSubject(
      "convictions", "GDPR article 10", ["convict", "criminal", "sodāmīb", "karistus"]),
    ForbiddenSubject(
      "free text", "AD-10: free text never feeds rules",
      ["e mail", "email", "call note", "free text", "e pasts", "zvana piezīm", "meilid", "vabatekst"]),
  ]

  /// Whether a name speaks of the subject.
  func isMeant(by words: [String]) -> Bool {
    phrases.contains { phrase in
      guard words.count >= phrase.count else { return false }
      return (0...(words.count - phrase.count)).contains { start in
        zip(phrase, words[start...]).allSatisfy { part, word in
          part.hasPrefix("=") ? word == part.dropFirst() : word.hasPrefix(part)
        }
      }
    }
  }

  /// The words of a name in small letters; capitals within a word begin another.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in name {
      if !character.isLetter || (character.isUppercase && wasSmall) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter { word += character.lowercased() }
      wasSmall = character.isLowercase
    }
    return word.isEmpty ? words : words + [word]
  }
}
