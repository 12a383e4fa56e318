import Foundation

/// How much random tests try: once what a developer waits for, or so many times as much with `BONITAS_EFFORT`.
public enum Effort {
  /// 1, or the number of `BONITAS_EFFORT`.
  public static let factor = max(
    1, ProcessInfo.processInfo.environment["BONITAS_EFFORT"].flatMap(Int.init) ?? 1)

  /// So many tries, times the effort.
  public static func times(_ count: Int) -> Int { count * factor }

  /// Of a list every so many-th is tried, all with enough effort.
  public static func stride(_ step: Int) -> Int { max(1, step / factor) }
}
