import Formats
import HTTPServer
import RegisterSimulator
import Values

extension Command {
  /// `bonitas simulate-registers`: registers for tests and the demo.
  static let simulateRegisters = Command(
    "simulate-registers",
    summary: "Answer like public and arrears registers, as scripts say, for tests.",
    discussion: """
      Each folder in DIR is a register, each .json file in it a subject and what is answered about it: entries, \
      nothing, too late, never, or nonsense (sample-data/registers/README.md). A register is asked by \
      POST /NAME with {"scheme", "code", "purpose"}; GET / tells what there is. Nothing is asked for a credential, \
      so use it with invented people only.

      SIGTERM and SIGINT end it.
      """,
    options: [Simulating.data, Simulating.listen, Simulating.check],
    needs: .nobody,
    examples: [
      Example(
        "bonitas simulate-registers --data sample-data/registers --check",
        "Reads the scripts and tells what they would answer; nothing listens.")
    ], run: Simulating.run)
}

private enum Simulating {
  static let data = Option("data", .path("DIR"), "The folder with the scripts.", isRequired: true)
  static let listen = Option(
    "listen", .address, "Where to listen: HOST:PORT or unix:PATH (default 127.0.0.1:8790).")
  static let check = Flag("check", "Only read the scripts and list the subjects.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let folder = try arguments.required(data)
    let scripts: RegisterScripts
    do throws(RegisterScriptError) { scripts = try RegisterScripts(folder: folder) } catch {
      throw Failure(error)
    }
    if arguments[check] {
      list(scripts, arguments, edge)
      return .done
    }
    let address = arguments[listen] ?? .tcp(host: "127.0.0.1", port: 8790)
    let simulator = RegisterSimulator(
      scripts, address: address,
      clocks: HTTPClocks(
        monotonicNanoseconds: Edge.monotonicNanoseconds,
        unixSeconds: { Int64(Edge.currentInstant().microseconds / 1_000_000) }))
    let signals = SignalWatch([.terminate, .interrupt])
    do throws(HTTPServerError) { try simulator.start() } catch { throw Failure(error) }
    edge.errors.line("Listening on \(simulator.address?.description ?? address.description).")
    _ = signals.next()
    simulator.stop()
    return .done
  }

  private static func list(_ scripts: RegisterScripts, _ arguments: Arguments, _ edge: Edge) {
    let registers = scripts.registers.sorted { $0.key < $1.key }
    if arguments.wantsJSON {
      let subjects = registers.flatMap { register, scripts in
        scripts.map { script -> JSONValue in
          [
            "register": .string(register), "scheme": .string(script.subject.scheme),
            "code": .string(script.subject.code), "description": .string(script.description),
          ]
        }
      }
      edge.output.json(.array(subjects))
      return
    }
    var table = Table([.init("register"), .init("subject"), .init("what it shows", .left, .wraps)])
    for (register, scripts) in registers {
      for script in scripts {
        table.add([
          .init(visible(register), .emphasis),
          .init(visible("\(script.subject.scheme) \(script.subject.code)")),
          .init(visible(script.description)),
        ])
      }
    }
    table.write(to: edge.output)
  }
}
