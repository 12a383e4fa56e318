internal import Values

extension BuiltIns {
  /// Numeric functions (DMN 1.5, 10.3.4.5).
  static let number: [BuiltIn] = [
    BuiltIn(
      "decimal",
      .two("n", "scale", result: .number) { (n: Decimal, scale: Decimal, _) throws(Refusal) in
        try rounded(n, scale, .halfEven)
      }),
    rounding("floor", .floor),
    rounding("ceiling", .ceiling),
    rounding("round up", .up, scaleRequired: true),
    rounding("round down", .down, scaleRequired: true),
    rounding("round half up", .halfUp, scaleRequired: true),
    rounding("round half down", .halfDown, scaleRequired: true),
    BuiltIn(
      "abs",
      .one("n", result: .number) { (n: Decimal, _) in .number(n.magnitude) },
      .one("n", result: .daysTimeDuration) { (n: DaysTimeDuration, _) throws(Refusal) in
        .daysTimeDuration(try n.magnitude().orRefuse(.overflow))
      },
      .one("n", result: .yearsMonthsDuration) { (n: YearsMonthsDuration, _) throws(Refusal) in
        .yearsMonthsDuration(n.months < 0 ? try n.negated().orRefuse(.overflow) : n)
      }),
    BuiltIn(
      "modulo",
      .two("dividend", "divisor", result: .number) {
        (dividend: Decimal, divisor: Decimal, _) throws(Refusal) in
        if divisor.sign == 0 { throw .divisionByZero }
        return .number(try dividend.floorRemainder(dividingBy: divisor).orRefuse(.overflow))
      }),
    BuiltIn(
      "sqrt",
      .one("number", result: .number) { (number: Decimal, _) throws(Refusal) in
        .number(try number.squareRoot().orRefuse(.invalid("a negative number has no square root")))
      }),
    BuiltIn(
      "log",
      .one("number", result: .number) { (number: Decimal, _) throws(Refusal) in
        .number(
          try number.naturalLogarithm().orRefuse(.invalid("only numbers above 0 have a logarithm")))
      }),
    BuiltIn(
      "exp",
      .one("number", result: .number) { (number: Decimal, _) throws(Refusal) in
        .number(try number.exponential().orRefuse(.overflow))
      }),
    BuiltIn(
      "odd", .one("number", result: .boolean) { (number: Decimal, _) in .boolean(rest(number) == .one) }),
    BuiltIn(
      "even", .one("number", result: .boolean) { (number: Decimal, _) in .boolean(rest(number) == .zero) }),
  ]

  private static func rest(_ number: Decimal) -> Decimal? { number.floorRemainder(dividingBy: 2) }

  private static func rounding(
    _ name: String, _ mode: RoundingMode, scaleRequired: Bool = false
  ) -> BuiltIn {
    let scaled: Signature = .two("n", "scale", result: .number) {
      (n: Decimal, scale: Decimal, _) throws(Refusal) in try rounded(n, scale, mode)
    }
    if scaleRequired { return BuiltIn(name, scaled) }
    let plain: Signature = .one("n", result: .number) { (n: Decimal, _) throws(Refusal) in
      try rounded(n, .zero, mode)
    }
    return BuiltIn(name, plain, scaled)
  }

  private static func rounded(
    _ number: Decimal, _ scale: Decimal, _ mode: RoundingMode
  ) throws(Refusal) -> Value {
    // The scales of decimal128 (DMN 1.5, 10.3.2.3.1).
    guard let scale = Position.whole(scale), scale >= -6111, scale <= 6176 else {
      throw .invalid("the scale must lie between -6111 and 6176")
    }
    return .number(try number.rounded(scale: scale, mode).orRefuse(.overflow))
  }
}
