import CLinux
import Glibc

/// The system calls on a connected socket, with their errors sorted by what is to be done about them.
enum Socket {
  enum Outcome {
    case bytes(Int)
    /// The peer sends nothing more.
    case ended
    case wouldBlock
    /// Reset, or anything else after which the socket is of no use.
    case failed
  }

  static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      if errno != EINTR { return blocks(errno) ? .wouldBlock : .failed }
    }
  }

  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Outcome {
    while true {
      let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      if count >= 0 { return .bytes(count) }
      if errno != EINTR { return blocks(errno) ? .wouldBlock : .failed }
    }
  }

  /// Says that nothing more will be sent.
  static func finishSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  private static func blocks(_ number: Int32) -> Bool { number == EAGAIN || number == EWOULDBLOCK }
}
