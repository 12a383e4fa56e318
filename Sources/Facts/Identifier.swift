/// Who gave a person or company its code.
public enum IdentifierScheme: String, CaseIterable, Hashable, Sendable {
  /// Latvian personal code (personas kods), 11 digits, old form with birth date or new form 32 to 39.
  case latvianPersonal = "LV-PERSONAL"
  /// Latvian registration number of a legal entity, 11 digits.
  case latvianRegistration = "LV-REGISTRATION"
  /// Estonian personal code (isikukood), 11 digits.
  case estonianPersonal = "EE-PERSONAL"
  /// Estonian registry code of a legal entity, 8 digits.
  case estonianRegistry = "EE-REGISTRY"
  /// Any other scheme; the code is taken as it stands.
  case other = "other"
}

/// A validated code of a person or company under its scheme, in one canonical spelling.
public struct Identifier: Hashable, Sendable, CustomStringConvertible {
  /// Who gave the code.
  public let scheme: IdentifierScheme
  /// The code in canonical spelling: digits only for the national schemes.
  public let code: String

  /// Checks form, birth date and check digit of the code as its scheme demands.
  public init(scheme: IdentifierScheme, code: String) throws(IdentifierProblem) {
    self.scheme = scheme
    guard scheme != .other else {
      self.code = code
      return
    }
    let digits = try Identifier.digits(of: code, scheme: scheme)
    switch scheme {
    case .latvianPersonal: try IdentifierChecksum.checkLatvianPersonal(digits)
    case .latvianRegistration:
      guard IdentifierChecksum.latvianRegistration(digits) == digits[10] else { throw .checkDigit }
    case .estonianPersonal: try IdentifierChecksum.checkEstonianPersonal(digits)
    case .estonianRegistry:
      guard IdentifierChecksum.estonian(digits.dropLast()) == digits[7] else { throw .checkDigit }
    case .other: break
    }
    self.code = String(decoding: digits.map { UInt8($0 + 0x30) }, as: UTF8.self)
  }

  /// Scheme and code, as in `EE-REGISTRY 10421629`.
  public var description: String { "\(scheme.rawValue) \(code)" }

  /// Whether an old Latvian personal code fails the customary check digit.
  ///
  /// The Natural Persons Register Law names no check digit, so a mismatch may be a genuine code: it is told, never
  /// refused. Codes of the new form (first digit 3) are random and have none.
  public var hasUnusualCheckDigit: Bool {
    guard scheme == .latvianPersonal else { return false }
    let digits = code.utf8.map { Int($0) - 0x30 }
    guard digits.count == 11, digits[0] != 3 else { return false }
    return IdentifierChecksum.latvianPersonal(digits) != digits[10]
  }

  private static func digits(of code: String, scheme: IdentifierScheme) throws(IdentifierProblem) -> [Int] {
    var digits: [Int] = []
    digits.reserveCapacity(11)
    for (place, byte) in code.utf8.enumerated() {
      if byte == 0x2D, place == 6, scheme == .latvianPersonal { continue }
      guard byte >= 0x30, byte <= 0x39, digits.count < 11 else { throw .form }
      digits.append(Int(byte) - 0x30)
    }
    guard digits.count == (scheme == .estonianRegistry ? 8 : 11) else { throw .form }
    return digits
  }
}

/// Why a code cannot be one of its scheme.
public enum IdentifierProblem: Error, Hashable, Sendable {
  /// Wrong length, or something other than digits.
  case form
  /// The birth date inside it does not exist, or its century digit is not given out.
  case birthDate
  /// The check digit contradicts the other digits.
  case checkDigit
}
