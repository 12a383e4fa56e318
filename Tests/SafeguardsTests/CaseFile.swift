import Facts
import Formats
import Foundation
import TestSupport
import Values

@testable import Safeguards

/// A test case of `Cases/*.json`: facts, a question, and what the law answers; it knows nothing of the program.
///
/// `like` takes the facts and the question of another case of the file, `drop` takes facts out of it by their ids,
/// `add` puts some in, `switches` sets members of entries of the law data.
struct LawCase: Sendable, CustomStringConvertible {
  var file: String
  var name: String
  var facts: [JSONValue] = []
  /// The facts as they are asked about; nil where one of them is not of its form.
  var known: CustomerFacts?
  var request: JSONValue = .null
  var switches: JSONValue = [:]
  var pendingReview = false
  var expect: JSONValue = .null

  var description: String { "\(file): \(name)" }

  struct Unreadable: Error { let why: String }

  /// All cases.
  static func all() -> [LawCase] { cases }

  private static let cases: [LawCase] = {
    let folder = Repository.root.appending(path: "Tests/SafeguardsTests/Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let cases = names.sorted().map { name in
      Result { try read(folder.appending(path: name), String(name.dropLast(5))) }
    }
    // A file that cannot be read is a case that fails.
    return cases.flatMap { result in
      switch result {
      case .success(let cases): cases
      case .failure(let error): [LawCase(file: "\(error)", name: "unreadable")]
      }
    }
  }()

  private static func read(_ url: URL, _ file: String) throws -> [LawCase] {
    let json = try JSONReader.parse(Array(Data(contentsOf: url)))
    var cases: [LawCase] = []
    for item in json["cases"]?.arrayValue ?? [] {
      guard let name = item["name"]?.stringValue else {
        throw Unreadable(why: "\(file): a case without a name")
      }
      var one = LawCase(file: file, name: name)
      if let like = item["like"]?.stringValue {
        guard let other = cases.first(where: { $0.name == like }) else {
          throw Unreadable(why: "\(file), \(name): there is no '\(like)' before it")
        }
        one = other
        one.name = name
      }
      let known: Set = [
        "name", "about", "like", "facts", "drop", "add", "switches", "request", "pendingReview", "expect",
      ]
      if let key = item.objectValue?.keys.first(where: { !known.contains($0) }) {
        throw Unreadable(why: "\(file), \(name): \(key)")
      }
      one.facts = item["facts"]?.arrayValue ?? one.facts
      for id in item["drop"]?.arrayValue ?? [] {
        let count = one.facts.count
        one.facts.removeAll { ($0["id"] ?? $0["number"]) == id }
        if one.facts.count == count {
          throw Unreadable(why: "\(file), \(name): nothing to drop \(id.canonical)")
        }
      }
      // A contract of another kind is dropped under its id and told anew.
      one.facts += item["add"]?.arrayValue ?? []
      one.request = item["request"] ?? one.request
      one.switches = item["switches"] ?? one.switches
      one.pendingReview = item["pendingReview"]?.boolValue ?? one.pendingReview
      one.expect = item["expect"] ?? .null
      one.known = try? CaseFacts(one.facts).facts
      cases.append(one)
    }
    return cases
  }
}

/// The law data and holidays of the repository, also changed ones.
enum ShippedLaw {
  static func files(_ folder: String) throws -> [(path: String, bytes: [UInt8])] {
    let url = Repository.root.appending(path: "rules/\(folder)")
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().map { name in
      ("\(folder)/\(name)", Array(try Data(contentsOf: url.appending(path: name))))
    }
  }

  static let calendars = Result { try DebtCalendars(files: files("calendars")) }
  static let law = Result { try DebtLaw(files: files("law")) }

  static func safeguards() throws -> Safeguards {
    Safeguards(law: try law.get(), calendars: try calendars.get())
  }

  /// The law after each entry of `debt` was looked at: nil takes it out.
  static func law(changing change: (JSONObject) -> JSONObject?) throws -> DebtLaw {
    try DebtLaw(
      files: try files("law").map { file in
        guard case .object(var object) = try JSONReader.parse(file.bytes),
          let debt = object["debt"]?.arrayValue
        else {
          return file
        }
        object["debt"] = .array(
          debt.compactMap { entry in entry.objectValue.flatMap(change).map { .object($0) } })
        return (file.path, JSONValue.object(object).canonicalBytes)
      })
  }

  /// The safeguards by the law with the switches of a case set.
  static func safeguards(_ switches: JSONValue) throws -> Safeguards {
    guard let members = switches.objectValue, !members.isEmpty else { return try safeguards() }
    let law = try law { entry in
      var entry = entry
      for (key, value) in entry["id"]?.stringValue.flatMap({ members[$0]?.objectValue })?.members ?? []
      where entry[key] != nil {
        entry[key] = value
      }
      return entry
    }
    return Safeguards(law: law, calendars: try calendars.get())
  }
}
