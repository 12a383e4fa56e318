import Facts
import Formats
import Values

extension DebtLaw {
  /// Reads law files; a fault anywhere, also a gap between two versions of a rule, refuses all of them.
  ///
  /// A file without `debt` says nothing here; its `provisions` are the law of orders, which others read.
  public init(files: [(path: String, bytes: [UInt8])]) throws(SafeguardsError) {
    var entries: [DebtLawEntry] = []
    var seen: Set<Jurisdiction> = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      let json: JSONValue
      do throws(JSONError) {
        json = try JSONReader.parse(file.bytes)
      } catch {
        throw .json(path: file.path, error)
      }
      let object = DataObject(json: json, place: "")
      var own: [(entry: DebtLawEntry, place: String)] = []
      do throws(DataFault) {
        try object.allow(["jurisdiction", "provisions", "debt"])
        guard object.has("debt") else { continue }
        guard let jurisdiction = Jurisdiction(try object.text("jurisdiction")), jurisdiction.code != "EU"
        else {
          throw object.fault("jurisdiction", "is not a country's code of two capital letters")
        }
        guard seen.insert(jurisdiction).inserted else {
          throw object.fault("jurisdiction", "there is another file about \(jurisdiction)")
        }
        for item in try object.objects("debt") {
          own.append((try DebtLawEntry(item, jurisdiction), item.place))
        }
      } catch {
        throw .data(path: file.path, place: error.place, fault: error.fault)
      }
      try Self.refuseGaps(own, file.path)
      entries += own.map(\.entry)
    }
    self.init(entries: entries)
  }

  /// Versions of one rule about the same follow each other without a gap and without an overlap.
  private static func refuseGaps(
    _ entries: [(entry: DebtLawEntry, place: String)], _ path: String
  ) throws(SafeguardsError) {
    let versions = Dictionary(grouping: entries) { $0.entry.subject }
    for subject in versions.keys.sorted() {
      let inOrder = (versions[subject] ?? []).sorted { $0.entry.from < $1.entry.from }
      for (earlier, later) in zip(inOrder, inOrder.dropFirst()) {
        guard let end = earlier.entry.until, end < later.entry.from, let next = end.adding(days: 1) else {
          throw .overlap(path: path, place: later.place, rule: later.entry.id, on: later.entry.from)
        }
        if next != later.entry.from, let last = later.entry.from.adding(days: -1) {
          throw .gap(path: path, place: later.place, rule: later.entry.id, from: next, until: last)
        }
      }
    }
  }
}

extension DebtLawEntry {
  /// What an entry is about; its versions in time have it in common, its numbers are not part of it.
  fileprivate var subject: String {
    let named = [
      "claimants", "commodities", "customers", "tools", "notice", "notices", "bar", "cap", "when", "channels",
    ]
    var about = [id, kind] + named.map { "\($0) \(json[$0]?.canonical ?? "")" }
    if case .cap(let cap) = rule, case .perDay = cap.limit { about.append("perDay") }
    return about.joined(separator: "\n")
  }
}
