import Formats
import Values

/// What an entry says: who did what for what purpose, whom it concerns, and the digests of the rows it vouches for.
///
/// Stored as canonical JSON, so that the same payload has the same bytes.
public struct AuditPayload: Hashable, Sendable {
  /// Who acted.
  public let actor: String
  /// For what.
  public let purpose: String
  /// The keys of the customers whom it concerns, ascending.
  public let customers: [Int]
  /// The rows that it vouches for.
  public let rows: [RowDigest]
  /// The rows that no entry vouches for any longer, in an erasure.
  public let released: [RowName]
  /// The numbers of the entries whose payloads were erased, in an erasure.
  public let erased: [ClosedRange<Int>]
  /// What else there is to tell.
  public let about: JSONObject

  /// A row by table and key.
  public struct RowName: Hashable, Sendable {
    /// The name of the table.
    public let table: String
    /// The key of the row.
    public let key: Int
  }

  /// A row with its digest.
  public struct RowDigest: Hashable, Sendable {
    /// The row.
    public let name: RowName
    /// Which of the table's layouts was hashed.
    public let layout: Int
    /// The digest of all its columns.
    public let digest: Digest
  }

  init(
    actor: String, purpose: String, customers: [Int] = [], rows: [RowDigest] = [], released: [RowName] = [],
    erased: [ClosedRange<Int>] = [], about: JSONObject = JSONObject()
  ) {
    self.actor = actor
    self.purpose = purpose
    self.customers = Set(customers).sorted()
    self.rows = rows
    self.released = released
    self.erased = erased
    self.about = about
  }

  /// As JSON; members that would be empty are left out.
  public var json: JSONValue {
    var json = JSONObject()
    json["actor"] = .string(actor)
    json["purpose"] = .string(purpose)
    if !customers.isEmpty { json["customers"] = .array(customers.map(Self.number)) }
    if !rows.isEmpty {
      json["rows"] = .array(
        rows.map { row in
          [
            .string(row.name.table), Self.number(row.name.key), Self.number(row.layout),
            .string(row.digest.hexadecimal),
          ]
        })
    }
    if !released.isEmpty {
      json["released"] = .array(released.map { [.string($0.table), Self.number($0.key)] })
    }
    if !erased.isEmpty {
      json["erased"] = .array(erased.map { [Self.number($0.lowerBound), Self.number($0.upperBound)] })
    }
    if !about.isEmpty { json["about"] = .object(about) }
    return .object(json)
  }

  /// The bytes that are committed to: the canonical form of `json`, written without building it, for an entry may vouch
  /// for thousands of rows.
  var bytes: [UInt8] {
    var writer = JSONWriter(capacity: 256 + customers.count * 8 + (rows.count + released.count) * 96)
    writer.beginObject()
    if !about.isEmpty { writer.canonicalMember("about", .object(about)) }
    writer.member("actor", actor)
    writer.list("customers", customers) { writer, customer in writer.number(customer) }
    writer.list("erased", erased) { writer, range in
      writer.beginArray()
      writer.number(range.lowerBound)
      writer.number(range.upperBound)
      writer.endArray()
    }
    writer.member("purpose", purpose)
    writer.list("released", released) { writer, name in
      writer.beginArray()
      writer.string(name.table)
      writer.number(name.key)
      writer.endArray()
    }
    writer.list("rows", rows) { writer, row in
      writer.beginArray()
      writer.string(row.name.table)
      writer.number(row.name.key)
      writer.number(row.layout)
      writer.string(row.digest)
      writer.endArray()
    }
    writer.endObject()
    return writer.bytes
  }

  /// Reads stored bytes; nil for anything that this program did not write.
  init?(bytes: [UInt8]) {
    guard let json = try? JSONReader.parse(bytes), let object = json.objectValue,
      let actor = object["actor"]?.stringValue, let purpose = object["purpose"]?.stringValue
    else { return nil }
    self.actor = actor
    self.purpose = purpose
    func list<Element>(_ key: String, _ element: (JSONValue) -> Element?) -> [Element]? {
      guard let member = object[key] else { return [] }
      guard let values = member.arrayValue else { return nil }
      let elements = values.compactMap(element)
      return elements.count == values.count ? elements : nil
    }
    guard let customers = list("customers", { $0.integerValue }), let rows = list("rows", RowDigest.init),
      let released = list("released", RowName.init),
      let erased = list(
        "erased",
        { value -> ClosedRange<Int>? in
          guard let first = value[0]?.integerValue, let last = value[1]?.integerValue, first <= last
          else { return nil }
          return first...last
        })
    else { return nil }
    self.customers = customers
    self.rows = rows
    self.released = released
    self.erased = erased
    about = object["about"]?.objectValue ?? JSONObject()
  }

  private static func number(_ value: Int) -> JSONValue { .number(Decimal(value)) }
}

extension JSONWriter {
  /// Writes a member that is an array, where it is not empty.
  fileprivate mutating func list<Element>(
    _ key: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    if elements.isEmpty { return }
    self.key(named: key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }
}

extension AuditPayload.RowName {
  fileprivate init?(_ json: JSONValue) {
    guard let table = json[0]?.stringValue, let key = json[1]?.integerValue else { return nil }
    self.init(table: table, key: key)
  }
}

extension AuditPayload.RowDigest {
  fileprivate init?(_ json: JSONValue) {
    guard let name = AuditPayload.RowName(json), let layout = json[2]?.integerValue,
      let digest = json[3]?.stringValue.flatMap({ Digest(hexadecimal: $0) })
    else { return nil }
    self.init(name: name, layout: layout, digest: digest)
  }
}
