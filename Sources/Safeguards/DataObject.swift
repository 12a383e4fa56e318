import Formats
import Values

/// Something wrong at a place (a JSON pointer) of data that were read.
struct DataFault: Error, Hashable {
  let place: String
  let fault: String
}

/// One JSON object, read member by member with the place in every fault.
struct DataObject {
  let json: JSONValue
  let place: String

  func fault(_ member: String, _ fault: String) -> DataFault {
    DataFault(place: "\(place)/\(member)", fault: fault)
  }

  /// Refuses anything but an object of these members.
  func allow(_ members: Set<String>) throws(DataFault) {
    guard let object = json.objectValue else { throw DataFault(place: place, fault: "is not an object") }
    if let unknown = object.keys.first(where: { !members.contains($0) }) {
      throw fault(unknown, "is not a member; there are: \(members.sorted().joined(separator: ", "))")
    }
  }

  func has(_ member: String) -> Bool { json[member] != nil }

  func text(_ member: String) throws(DataFault) -> String {
    guard let text = json[member]?.stringValue, !text.isEmpty else {
      throw fault(member, "is missing or not a text")
    }
    return text
  }

  func integer(_ member: String, in range: ClosedRange<Int>) throws(DataFault) -> Int {
    guard let number = json[member]?.integerValue, range.contains(number) else {
      throw fault(
        member, "is missing or not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func integers(_ member: String, in range: ClosedRange<Int>) throws(DataFault) -> [Int] {
    var numbers: [Int] = []
    for item in try array(member) {
      guard let number = item.integerValue, range.contains(number) else {
        throw fault(
          member, "holds something else than whole numbers from \(range.lowerBound) to \(range.upperBound)")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// A number of zero or more, not beyond what any debt amounts to.
  func amount(_ member: String) throws(DataFault) -> Decimal {
    guard let number = json[member]?.numberValue, number >= 0, number <= Self.greatest else {
      throw fault(member, "is missing or not a number from 0 to \(Self.greatest)")
    }
    return number
  }

  /// A number that may be negative.
  func signedAmount(_ member: String) throws(DataFault) -> Decimal {
    guard let number = json[member]?.numberValue, number.magnitude <= Self.greatest else {
      throw fault(member, "is missing or not a number up to \(Self.greatest)")
    }
    return number
  }

  private static let greatest: Decimal = 1_000_000_000_000

  func bool(_ member: String) throws(DataFault) -> Bool {
    guard let value = json[member]?.boolValue else {
      throw fault(member, "is missing or neither true nor false")
    }
    return value
  }

  func date(_ member: String) throws(DataFault) -> CivilDate {
    guard let date = DataObject.date(try text(member)) else {
      throw fault(member, "is not a date as in 2026-05-14")
    }
    return date
  }

  /// A date of the years that anybody owes in.
  static func date(_ text: String) -> CivilDate? {
    guard text.utf8.count == 10, let date = CivilDate(text), (1900...9000).contains(date.year) else {
      return nil
    }
    return date
  }

  func dates(_ member: String) throws(DataFault) -> [CivilDate] {
    var dates: [CivilDate] = []
    for item in try array(member) {
      guard let date = item.stringValue.flatMap(DataObject.date) else {
        throw fault(member, "holds something else than dates as in 2026-05-14")
      }
      dates.append(date)
    }
    return dates
  }

  /// A day of every year, as in `05-04`.
  func dayOfYear(_ member: String) throws(DataFault) -> DayOfYear {
    guard let day = DayOfYear(try text(member)) else { throw fault(member, "is not a day as in 05-04") }
    return day
  }

  func digest(_ member: String) throws(DataFault) -> Digest {
    let text = try text(member)
    guard let digest = Digest(hexadecimal: text), digest.hexadecimal == text else {
      throw fault(member, "is not 64 hexadecimal digits in small letters")
    }
    return digest
  }

  func array(_ member: String) throws(DataFault) -> [JSONValue] {
    guard let items = json[member]?.arrayValue else { throw fault(member, "is missing or not a list") }
    return items
  }

  func texts(_ member: String) throws(DataFault) -> [String] {
    var texts: [String] = []
    for item in try array(member) {
      guard let text = item.stringValue, !text.isEmpty else {
        throw fault(member, "holds something else than texts")
      }
      texts.append(text)
    }
    return texts
  }

  func object(_ member: String) throws(DataFault) -> DataObject {
    guard let value = json[member], value.objectValue != nil else {
      throw fault(member, "is missing or not an object")
    }
    return DataObject(json: value, place: "\(place)/\(member)")
  }

  func objects(_ member: String, most: Int = .max) throws(DataFault) -> [DataObject] {
    let items = try array(member)
    guard items.count <= most else { throw fault(member, "has more than \(most) elements") }
    return items.enumerated().map { DataObject(json: $1, place: "\(place)/\(member)/\($0)") }
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ member: String) throws(DataFault) -> Choice {
    let text = try text(member)
    guard let choice = Choice(rawValue: text) else { throw unknown(text, member, Choice.self) }
    return choice
  }

  func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
    _ member: String
  ) throws(DataFault) -> Set<Choice> {
    var choices: Set<Choice> = []
    for item in try array(member) {
      guard let choice = item.stringValue.flatMap(Choice.init(rawValue:)) else {
        throw unknown(item.canonical, member, Choice.self)
      }
      guard choices.insert(choice).inserted else { throw fault(member, "names '\(choice.rawValue)' twice") }
    }
    if choices.isEmpty { throw fault(member, "is an empty list") }
    return choices
  }

  private func unknown<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, _ member: String, _ type: Choice.Type
  ) -> DataFault {
    fault(member, "'\(text)' is none of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// What is read of a member; nil where there is none.
  func optional<Result>(
    _ member: String, _ read: (String) throws(DataFault) -> Result
  ) throws(DataFault) -> Result? {
    has(member) ? try read(member) : nil
  }
}

extension JSONValue {
  /// An object of the members that have a value.
  static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    var object = JSONObject()
    for (key, value) in members { object[key] = value }
    return .object(object)
  }

  static func text(_ value: some CustomStringConvertible) -> JSONValue { .string(value.description) }
  static func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}
