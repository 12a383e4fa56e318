/// The description of the API that the service serves and its tests execute.
enum OpenAPIDocument {
  static let text = #"{"openapi":"3.1.0"}"#
}
