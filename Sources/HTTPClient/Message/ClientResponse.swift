/// What another server has answered, whole.
public struct ClientResponse: Sendable {
  /// The status code; redirections are handed over like any other, without their content.
  public let status: Int
  /// The content.
  public let body: [UInt8]
  private let fields: [String: String]

  /// An answer from its parts; of two fields whose names differ in case alone either is kept.
  public init(status: Int, fields: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.body = body
    self.fields = Dictionary(fields.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
  }

  /// The value of a field, by its name without regard to case.
  public subscript(name: String) -> String? { fields[name.lowercased()] }
}
