public import Facts
import Formats

/// In whose name letters are written, for one country and whose claim it is: an entry of `creditor.json`.
public struct Creditor: Hashable, Sendable {
  /// The country of the delivery point.
  public let jurisdiction: Jurisdiction
  /// Whose claims are meant.
  public let claimant: Contract.Claimant
  /// What the entry says, by the names of its members.
  let fields: [LetterField: String]

  static let path = "creditor.json"

  /// The members of an entry, all of which have to be there.
  private static let members: [(name: String, field: LetterField)] = [
    ("name", .creditorName), ("registrationNumber", .creditorRegistrationNumber),
    ("address", .creditorAddress), ("phone", .creditorPhone), ("email", .creditorEmail),
    ("account", .creditorAccount), ("bank", .creditorBank), ("energyAdvice", .creditorEnergyAdvice),
    ("bureau", .bureauName),
  ]

  /// The entries of the file; everything wrong with it is noted.
  static func entries(_ json: JSONValue, _ findings: inout JSONFindings) -> [Creditor] {
    guard let file = findings.object(json, "", known: ["note", "creditors"]) else { return [] }
    var creditors: [Creditor] = []
    for (place, item) in findings.items(file, "creditors", "").enumerated() {
      let pointer = "/creditors/\(place)"
      guard
        let object = findings.object(
          item, pointer, known: ["jurisdiction", "claimant", "note"] + members.map(\.name)),
        let code = findings.text(object, "jurisdiction", pointer),
        let claimant = findings.text(object, "claimant", pointer)
      else { continue }
      var fields: [LetterField: String] = [:]
      for member in members { fields[member.field] = findings.text(object, member.name, pointer) }
      guard let jurisdiction = Jurisdiction(code), let claimant = Contract.Claimant(rawValue: claimant) else {
        findings.note(pointer, "A country code and supplier or networkOperator belong here.")
        continue
      }
      if creditors.contains(where: { $0.jurisdiction == jurisdiction && $0.claimant == claimant }) {
        findings.note(pointer, "There is an entry for \(code) and \(claimant.rawValue) already.")
      }
      creditors.append(Creditor(jurisdiction: jurisdiction, claimant: claimant, fields: fields))
    }
    return creditors
  }
}
