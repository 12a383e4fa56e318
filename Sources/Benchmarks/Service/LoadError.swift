/// Why a benchmark of the service cannot go on.
enum LoadError: Error {
  case usage(String)
  /// A call of the system that failed, with its `errno`.
  case system(call: String, about: String, code: Int32)
  /// An answer that is no HTTP/1.1 with a Content-Length.
  case answer(String)
  case file(String)

  /// What happened, in a sentence.
  var sentence: String {
    switch self {
    case .usage(let text): text
    case .system(let call, let about, let code): "\(call) of \(about) failed with errno \(code)."
    case .answer(let text): "The service gave an answer that cannot be read: \(text)"
    case .file(let text): text
    }
  }
}
