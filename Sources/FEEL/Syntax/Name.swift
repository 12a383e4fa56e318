/// Names of FEEL in their normal form.
public enum Name {
  /// The name with each run of white space as one space, and none at the ends.
  public static func normalized(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    var pending = false
    for scalar in name.unicodeScalars {
      if scalar.isFEELSpace {
        pending = !result.isEmpty
      } else {
        if pending { result.append(" ") }
        pending = false
        result.append(scalar)
      }
    }
    return String(result)
  }
}
