public import HTTPServer

/// Registers for tests, the demo and integration developers, answering as scripts say.
///
/// Each register is asked by `POST /NAME`; `GET /` tells what there is.
public final class RegisterSimulator: Sendable {
  private let server: HTTPServer

  /// A simulator that does nothing yet.
  public init(_ scripts: RegisterScripts, address: HTTPAddress, clocks: HTTPClocks) {
    var configuration = HTTPServerConfiguration(address: address, loops: 1)
    configuration.limits.bodyBytes = 64 << 10
    let stage = SimulatorStage(scripts)
    server = HTTPServer(configuration, clocks: clocks) { SimulatorHandler(stage) }
  }

  /// Where it listens, with the port that the system chose; nil before `start`.
  public var address: HTTPAddress? { server.address }

  /// Begins to answer; can be called once.
  public func start() throws(HTTPServerError) { try server.start() }

  /// Stops; whoever has got no answer by then gets none.
  public func stop() { server.drain(withinMilliseconds: 200) }

  /// Blocks until it was stopped.
  public func waitUntilStopped() { server.waitUntilStopped() }
}
