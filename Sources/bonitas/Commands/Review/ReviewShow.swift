import Access
import Explanation
import FactStore
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review show`: everything about a case.
  static let reviewShow = Command(
    "review show",
    summary: "Show a case: customer, decision, evidence, changes, what-if, time line, history.",
    discussion: """
      Everything that you open is recorded with the case. A raw record is named as the evidence names it \
      (invoice:INV-11-05) and shown with all its fields, its file and line, and since when it is known; where it was \
      corrected since, as it is and as the decision saw it. What became known after the decision is marked with +.
      """,
    positionals: [Reviewing.caseID],
    options: [
      CaseShowing.sections, CaseShowing.record, CaseShowing.attachment, CaseShowing.output,
      Reviewing.language,
    ], takesTimes: .businessDate, needs: .signedIn(.readPersonalData),
    examples: [
      Example("bonitas review show R-313", "All of it."),
      Example("bonitas review show R-313 --section features --section timeline", "Two sections in full."),
      Example("bonitas review show R-313 --record customer:CAST-11", "A raw record, down to file and line."),
      Example("bonitas review show R-313 --json", "For a program."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let desk = try arguments.desk(edge)
    return try CaseShowing.show(id, arguments, desk, actor, edge)
  }
}

/// Shows a case file, or a part of it, and records what was opened.
enum CaseShowing {
  static let sections = Option(
    "section", .choice(CaseSection.allCases.map(\.rawValue)), "Only this section, in full.", repeats: true)
  static let record = Option(
    "record", .name("KIND:ID"), "A raw record with its origin, as the evidence names it.", repeats: true)
  static let attachment = Option("attachment", .evidence, "An attachment.")
  static let output = Option("output", .path("FILE"), "Where the attachment's file is written.")

  static func show(
    _ id: CaseID, _ arguments: Arguments, _ desk: ReviewDesk, _ actor: Actor, _ edge: Edge
  ) throws(Failure) -> ExitStatus {
    if let number = arguments[attachment] {
      return try show(number, of: id, arguments, desk, actor, edge)
    }
    if arguments[output] != nil {
      throw Failure(usage: .conflict("--output is for --attachment: the file of which is written there."))
    }
    let language = arguments.language
    let today = try arguments.reviewDay(edge)
    let file = try failing {
      try desk.store.read { reader throws(CaseFileError) in
        try CaseFile(id, language: language, on: today, at: edge.now, reader)
      }
    }
    let names = arguments.all(record)
    if !names.isEmpty { return try show(names, file, arguments, desk, actor, edge) }
    let chosen = arguments.all(sections).compactMap(CaseSection.init(rawValue:))
    let wanted = chosen.isEmpty ? Set(CaseSection.allCases) : Set(chosen)
    let opened = CaseSection.allCases.filter { wanted.contains($0) && file.has($0) }.map(\.rawValue)
    if arguments.wantsJSON {
      let json = try failing { try file.json(wanted) }
      try record(opened, of: id, desk, actor, edge)
      edge.output.json(json)
      return .done
    }
    let whatIf =
      wanted.contains(.counterfactuals) ? try failing { try file.counterfactuals()?.section } : nil
    try record(opened, of: id, desk, actor, edge)
    var view = CaseView(file, actor: actor, output: edge.output)
    view.isWhole = !chosen.isEmpty
    if actor.may(.review) {
      view.refusal = try failing { try desk.refusal(of: file.reviewCase, for: actor) }
    }
    view.write(wanted, whatIf)
    return .done
  }

  /// Nothing is shown that is not recorded.
  private static func record(
    _ parts: [String], of id: CaseID, _ desk: ReviewDesk, _ actor: Actor, _ edge: Edge
  ) throws(Failure) {
    do throws(ReviewError) {
      try desk.opened(id, parts, by: actor, at: Edge.currentInstant())
    } catch {
      throw Failure(
        "read-not-recorded",
        "Nothing is shown, since what a reviewer opens is recorded and that failed: \(error.sentence)")
    }
  }

  private static func show(
    _ names: [String], _ file: CaseFile, _ arguments: Arguments, _ desk: ReviewDesk, _ actor: Actor,
    _ edge: Edge
  ) throws(Failure) -> ExitStatus {
    var records: [CaseRecord] = []
    for name in names { records += try failing { try file.record(name) } }
    try record(
      Array(Set(records.map(\.name))).sorted(), of: file.reviewCase.id, desk, actor, edge)
    if arguments.wantsJSON {
      edge.output.json(.array(records.map(\.json)))
      return .done
    }
    for (place, record) in records.enumerated() {
      if place > 0 { edge.output.line() }
      CaseView.write(record, isOutdated: file.isOutdated(record), to: edge.output)
    }
    return .done
  }

  private static func show(
    _ number: EvidenceID, of id: CaseID, _ arguments: Arguments, _ desk: ReviewDesk, _ actor: Actor,
    _ edge: Edge
  ) throws(Failure) -> ExitStatus {
    let (evidence, content) = try failing {
      try desk.attachment(number, of: id, by: actor, at: Edge.currentInstant())
    }
    if let path = arguments[output] {
      guard let content else { throw Failure(EvidenceError.noFile(number)) }
      let file = try OutputFile(path, sparing: arguments.database(edge))
      try file.write(content)
      try file.finish()
    }
    if arguments.wantsJSON {
      edge.output.json(evidence.json)
      return .done
    }
    CaseView.write(evidence, to: edge.output)
    if let path = arguments[output] {
      edge.output.line(
        "Its file was written to \(visible(path)); its hash is the one taken when it was attached.")
    } else if evidence.file != nil {
      edge.output.line("--output FILE writes its file.")
    }
    return .done
  }
}

extension Arguments {
  /// The language of sentences from the rules.
  var language: Language { self[Reviewing.language].flatMap(Language.init(rawValue:)) ?? .english }
}
