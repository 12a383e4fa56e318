extension Command {
  /// `bonitas doctor`: is this installation healthy.
  static let doctor = Command(
    "doctor",
    summary: "Check this installation and count what is stored.",
    examples: [Example("bonitas doctor", "Checks the database bonitas.db of this folder.")]
  ) { _, edge throws(Failure) in
    edge.output.line("nothing to check yet")
    return .done
  }
}
