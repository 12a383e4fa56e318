import FactStore
import SQLite

extension OutboxError {
  /// Says what is wrong and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .facts(let error): error.sentence
    case .unknown(let id): "there is no effect \(id); `bonitas outbox list` shows those that there are."
    case .notPossible(let id, let state, let wanted):
      "effect \(id) is \(state.rawValue) and cannot become \(wanted.rawValue)."
    case .contradiction(let id):
      "effect \(id) is stored already and says something else; the same run must have the same effects."
    case .notErasable(let id):
      "effect \(id) is on its way, or gives supply back and has not left: send it first, then erase."
    case .endpoint(let fault):
      fault == "key"
        ? "the key that events are signed with has less than 16 bytes; agree on a longer one with the receiver."
        : "events go to an https:// address, or http:// on this machine: personal data travels there."
    case .damaged(let number):
      "effect number \(number) cannot be read; run `bonitas audit verify` to see what was changed."
    }
  }
}
