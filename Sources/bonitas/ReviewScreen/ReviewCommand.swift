import Access
import Decisioning
import FactStore
import Formats
import Glibc
import HumanReview
import Terminal
import Values

extension Command {
  /// `bonitas review`: the desk of a reviewer.
  static let review = Command(
    "review",
    summary: "Work on the cases: list, evidence, deciding, on the whole screen.",
    discussion: """
      One key per action, the last row tells which; ? shows all of them. Nothing is written before you say so, and what \
      you typed is kept when a claim runs out. A window of 80 columns and 24 rows is enough; NO_COLOR is respected. With \
      --plain, and where the terminal cannot place a cursor, the same work is done line by line in words, for screen \
      readers and scripts. The verbs below do single steps.
      """,
    options: [plain], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [
      Example("bonitas review", "The queue on the whole screen."),
      Example("bonitas review --plain", "Line by line, for screen readers."),
    ]
  ) { arguments, edge throws(Failure) in
    let backend = try arguments.reviewBackend(edge)
    guard !arguments[plain] else { return runPlain(backend, edge) }
    let session: TerminalSession
    do throws(TerminalError) {
      session = try TerminalSession(variables: edge.variables)
    } catch {
      // Whoever cannot see a screen is served line by line.
      return runPlain(backend, edge)
    }
    let (state, signal) = ReviewLoop(backend: backend, session: session, clock: Edge.currentInstant).run()
    session.close()
    // What was typed and not written is not lost with the screen.
    for id in state.unwritten {
      edge.output.line("Not written: the draft on \(id).")
      edge.output.wrapped(visible(state.drafts[id]?.content.text.text ?? ""), indent: 2)
    }
    edge.output.flush()
    if let signal { raise(signal) }
    return .done
  }

  private static let plain = Flag("plain", "Line by line, in words, without drawing.")

  private static func runPlain(_ backend: DeskBackend, _ edge: Edge) -> ExitStatus {
    var review = PlainReview(
      backend: backend, input: LineInput(), output: edge.output, clock: Edge.currentInstant)
    review.run()
    return .done
  }
}

extension Arguments {
  fileprivate func reviewBackend(_ edge: Edge) throws(Failure) -> DeskBackend {
    let desk = try desk(edge)
    return DeskBackend(desk, user: try user(), businessDate: self[SharedOptions.businessDate]) {
      customers throws(Failure) in
      try recordRead(
        by: "review list", of: customers, about: ["cases": .number(Decimal(customers.count))], in: desk.store,
        edge)
    }
  }
}
