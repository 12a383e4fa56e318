/// Which decisions a service may read; the raw values are stored and typed.
public enum Visibility: String, Sendable, CaseIterable {
  /// Those that its own company asked for.
  case own
  /// Those that anybody asked for.
  case all
}
