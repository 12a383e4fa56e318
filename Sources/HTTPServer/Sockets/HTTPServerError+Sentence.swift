import Glibc

extension HTTPServerError {
  /// Says where, what, and how to mend it.
  public var sentence: String {
    switch self {
    case .alreadyStarted: "The server was started before; make a new one."
    case .invalidAddress(.tcp(let host, _)):
      "'\(host)' is no address to listen on; give a numeric one such as 127.0.0.1 or ::1."
    case .invalidAddress(.unix(let path, _)):
      "'\(path)' cannot be a socket file: its path may have 1 to 107 bytes; choose a shorter one."
    case .addressInUse(let address):
      "\(address): somebody listens there already; stop that program or choose another address."
    case .notASocket(let path):
      "\(path): a file stands there that is no socket; move it or choose another path."
    case .system(let call, EACCES, let address):
      "\(address): \(call) was denied; choose a port above 1023 or a folder that may be written to."
    case .system(let call, EADDRNOTAVAIL, let address):
      "\(address): \(call) failed because this machine has no such address; give one of its own."
    case .system(let call, let number, let address):
      "\(address): \(call) failed (error \(number) of the operating system)."
    }
  }
}
