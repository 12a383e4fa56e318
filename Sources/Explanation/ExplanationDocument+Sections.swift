import Decisioning
import Facts
import Values

extension ExplanationDocument {
  /// Data with source and date, the procedure, and how to contest (GDPR articles 15(1)(h), 22(3) and 77).
  static func customerSections(
    _ origins: [RecordOrigin], jurisdiction: Jurisdiction?, procedure: [ExplanationSentence],
    contest: ExplanationSentence, _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSection] {
    [
      ExplanationSection(heading: try texts.document("data"), body: try dataUsed(origins, texts)),
      ExplanationSection(
        heading: try texts.document("procedure"),
        body: .paragraphs(
          [ExplanationSentence(try texts.document("procedureText"), "procedure")] + procedure)),
      ExplanationSection(
        heading: try texts.document("rights"),
        body: .paragraphs([
          contest, ExplanationSentence(try texts.document("ownView"), "law/GDPR-22-3"),
          ExplanationSentence(try texts.authority(jurisdiction), "law/GDPR-77"),
        ])),
    ]
  }

  /// The records by kind and source, with how many there are and from when.
  private static func dataUsed(_ origins: [RecordOrigin], _ texts: TextCatalogue) throws(TextError)
    -> ExplanationSection.Body
  {
    guard !origins.isEmpty else {
      return .paragraphs([ExplanationSentence(try texts.document("dataGone"), "record")])
    }
    var rows: [[String]] = []
    for kind in FactKind.allCases {
      let ofKind = origins.filter { $0.kind == kind }
      for source in Set(ofKind.map(\.provenance.source)).sorted() {
        let dates = ofKind.filter { $0.provenance.source == source }.map(\.trueFrom).sorted()
        guard let first = dates.first, let last = dates.last else { continue }
        let language = texts.language
        let span = first == last ? "" : " – " + language.date(last)
        rows.append([
          try texts.records(of: kind), language.number(Decimal(dates.count)), source,
          language.date(first) + span,
        ])
      }
    }
    let columns = [
      try texts.document("dataKind"), try texts.document("count"), try texts.document("source"),
      try texts.document("dated"),
    ]
    return .table(columns: columns, rows: rows)
  }

  /// Knock-outs, problems and every rule that matched.
  static func reviewerSections(_ content: DecisionContent, _ texts: TextCatalogue) throws(TextError)
    -> [ExplanationSection]
  {
    var sections: [ExplanationSection] = []
    if !content.knockOuts.isEmpty {
      var rows: [[String]] = []
      for knockOut in content.knockOuts {
        rows.append([
          try texts.reason(knockOut.reason, value: ""), try texts.outcome(knockOut.outcome), knockOut.reason,
          knockOut.rule ?? "",
        ])
      }
      let columns = [
        try texts.document("circumstance"), try texts.document("outcome"), try texts.document("code"),
        try texts.document("rule"),
      ]
      sections.append(
        ExplanationSection(
          heading: try texts.document("knockOuts"), body: .table(columns: columns, rows: rows)))
    }
    if !content.problems.isEmpty {
      let sentences = content.problems.map {
        ExplanationSentence(
          "\($0.model), \($0.decision): \($0.message) [\($0.code)]", "decision/\($0.decision)")
      }
      sections.append(
        ExplanationSection(heading: try texts.document("warnings"), body: .paragraphs(sentences)))
    }
    let matched = content.matchedRules.filter { !$0.rules.isEmpty }
    if !matched.isEmpty {
      sections.append(
        ExplanationSection(
          heading: try texts.document("matchedRules"),
          body: .table(
            columns: [try texts.document("decisionTable"), try texts.document("rules")],
            rows: matched.map { [$0.decision, $0.rules.joined(separator: ", ")] })))
    }
    return sections
  }

  /// What verifies the decision, and where each record of the evidence came from.
  static func auditorSections(
    _ decision: DecisionRecord, _ origins: [RecordOrigin], _ texts: TextCatalogue
  ) throws(TextError) -> [ExplanationSection] {
    let content = decision.content
    let fields = [
      [try texts.document("contentHash"), decision.contentHash.hexadecimal],
      [try texts.document("ruleSetHash"), content.ruleSet.hexadecimal],
      [try texts.document("engine"), content.engine],
      [try texts.document("sequence"), "\(decision.sequence)"],
      [try texts.document("readSequence"), "\(decision.readSequence)"],
      [try texts.document("knownAt"), decision.knownAt.description],
      [try texts.document("recordedAt"), decision.recordedAt.description],
      [try texts.document("actor"), decision.actor],
      [try texts.document("kind"), decision.kind.rawValue],
      [try texts.document("purpose"), decision.purpose.rawValue],
      [try texts.document("legalBasisIDs"), decision.legalBasis.joined(separator: ", ")],
      [try texts.document("supersedesID"), decision.supersedes?.description ?? "-"],
    ]
    var rows: [[String]] = []
    for (record, origin) in evidence(of: content, origins) {
      guard let provenance = origin?.provenance else {
        rows.append([record, try texts.document("missing")])
        continue
      }
      let place = [provenance.file, provenance.line.map { "\($0)" }].compactMap(\.self).joined(separator: ":")
      rows.append([
        record, provenance.source, place, provenance.knownFrom.description, "\(provenance.sequence)",
        String(provenance.contentHash.hexadecimal.prefix(12)),
      ])
    }
    let columns = [
      try texts.document("evidence"), try texts.document("source"), try texts.document("place"),
      try texts.document("knownFrom"), try texts.document("sequence"), try texts.document("hash"),
    ]
    return [
      ExplanationSection(heading: try texts.document("record"), body: .table(columns: [], rows: fields)),
      ExplanationSection(
        heading: try texts.document("provenance"), body: .table(columns: columns, rows: rows)),
    ]
  }

  /// Each record of the evidence once, in the order of the features; a name that two sources gave stands twice.
  static func evidence(of content: DecisionContent, _ origins: [RecordOrigin]) -> [(String, RecordOrigin?)] {
    let found = Dictionary(grouping: origins, by: \.evidence)
    var seen: Set<String> = []
    return content.features.flatMap(\.evidence).filter { seen.insert($0).inserted }.flatMap { record in
      found[record]?.map { (record, $0) } ?? [(record, nil)]
    }
  }
}
