import Formats
import HTTPServer
import Synchronization

/// Which answer is next, over all connections.
final class SimulatorStage: Sendable {
  private struct Key: Hashable {
    let register: String
    let subject: RegisterScript.Subject
  }

  private let scripts: RegisterScripts
  private let byKey: [Key: RegisterScript]
  /// How often each subject was asked about.
  private let visits = Mutex<[Key: Int]>([:])
  /// Who is never answered: an exchange that is let go of answers by itself.
  private let silenced = Mutex<[HTTPExchange]>([])
  private static let silencedLimit = 100_000

  init(_ scripts: RegisterScripts) {
    self.scripts = scripts
    byKey = Dictionary(
      scripts.registers.flatMap { register, scripts in
        scripts.map { (Key(register: register, subject: $0.subject), $0) }
      }
    ) { first, _ in first }
  }

  func hasRegister(_ name: String) -> Bool { scripts.registers[name] != nil }

  /// The next answer about a subject; a register has nothing about whom no script is.
  func next(_ subject: RegisterScript.Subject, of register: String) -> RegisterScript.Answer {
    let key = Key(register: register, subject: subject)
    guard let answers = byKey[key]?.answers, !answers.isEmpty else {
      return RegisterScript.Answer(afterMilliseconds: 0, content: .entries([]))
    }
    let visit = visits.withLock { visits in
      defer { visits[key, default: 0] &+= 1 }
      return visits[key, default: 0]
    }
    return answers[visit % answers.count]
  }

  func silence(_ exchange: HTTPExchange) {
    silenced.withLock { if $0.count < Self.silencedLimit { $0.append(exchange) } }
  }

  /// What there is, for people who look with a browser.
  var overview: JSONValue {
    var registers = JSONObject()
    for (name, scripts) in scripts.registers.sorted(by: { $0.key < $1.key }) {
      registers[name] = .array(
        scripts.map { script in
          [
            "description": .string(script.description), "scheme": .string(script.subject.scheme),
            "code": .string(script.subject.code),
          ]
        })
    }
    return ["registers": .object(registers)]
  }
}
