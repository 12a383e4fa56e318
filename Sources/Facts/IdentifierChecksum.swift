import Values

/// The check digits of the Baltic identifiers.
///
/// Latvian personal code and registration number: weights as every published validator has them; Estonian personal
/// code and registry code: two passes (EVS 585:2007 for the personal code, the same rule for the registry).
public enum IdentifierChecksum {
  /// The check digit of an old Latvian personal code, from its first ten digits.
  public static func latvianPersonal(_ digits: some Collection<Int>) -> Int {
    (1101 - weighted(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 % 10
  }

  /// The check digit of a Latvian registration number, from its first ten digits; nil when no number is issued.
  public static func latvianRegistration(_ digits: some Collection<Int>) -> Int? {
    let rest = (3 - weighted(digits, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6])) % 11
    let digit = rest < 0 ? rest + 11 : rest
    return digit == 10 ? nil : digit
  }

  /// The check digit of an Estonian personal code (ten digits before it) or registry code (seven).
  public static func estonian(_ digits: some Collection<Int>) -> Int {
    let first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    guard first == 10 else { return first }
    return weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10
  }

  static func checkLatvianPersonal(_ digits: [Int]) throws(IdentifierProblem) {
    // New codes start with 32 to 39 and are random behind that (Natural Persons Register Law, s. 6(2)).
    if digits[0] == 3, digits[1] >= 2 { return }
    guard digits[6] <= 2 else { throw .birthDate }
    let year = 1800 + 100 * digits[6] + 10 * digits[4] + digits[5]
    try checkDate(year: year, month: 10 * digits[2] + digits[3], day: 10 * digits[0] + digits[1])
  }

  static func checkEstonianPersonal(_ digits: [Int]) throws(IdentifierProblem) {
    guard digits[0] >= 1, digits[0] <= 8 else { throw .birthDate }
    let year = 1800 + 100 * ((digits[0] - 1) / 2) + 10 * digits[1] + digits[2]
    try checkDate(year: year, month: 10 * digits[3] + digits[4], day: 10 * digits[5] + digits[6])
    guard estonian(digits.dropLast()) == digits[10] else { throw .checkDigit }
  }

  private static func checkDate(year: Int, month: Int, day: Int) throws(IdentifierProblem) {
    guard CivilDate(year: year, month: month, day: day) != nil else { throw .birthDate }
  }

  private static func weighted(_ digits: some Collection<Int>, _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
