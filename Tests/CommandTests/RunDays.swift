import Values

@testable import bonitas

/// The days in Riga of one run of a test: a run that passes midnight has two.
struct RunDays {
  private let first = RigaTime.date(at: Edge.currentInstant())

  /// Writes `TODAY` for each of them.
  func masked(_ text: String) -> String {
    let last = RigaTime.date(at: Edge.currentInstant())
    return text.replacing(first.description, with: "TODAY").replacing(last.description, with: "TODAY")
  }
}
