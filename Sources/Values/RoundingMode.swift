/// How a number is rounded to a given number of decimals.
public enum RoundingMode: String, Hashable, Sendable, CaseIterable {
  /// To the nearest; a half to the even neighbour.
  case halfEven
  /// To the nearest; a half away from zero.
  case halfUp
  /// To the nearest; a half toward zero.
  case halfDown
  /// Away from zero.
  case up
  /// Toward zero.
  case down
  /// Toward negative infinity.
  case floor
  /// Toward positive infinity.
  case ceiling
}
