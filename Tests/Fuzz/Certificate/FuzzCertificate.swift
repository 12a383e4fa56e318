import FuzzDriver
import Safeguards

/// Certificates of any bytes: rejected with a sentence, or accepted as the very bytes that they are.
///
/// Nobody finds another that is accepted by chance, but the seed is; so every byte of it is changed, and no change is taken.
@main
enum FuzzCertificate {
  static func main() { FuzzDriver.run(target) }

  static func isAccepted(_ bytes: [UInt8]) -> Bool {
    do {
      let certificate = try CertificateChecker.verify(bytes)
      precondition(certificate.bytes == bytes, "an accepted certificate is another text")
      return true
    } catch {
      precondition(!error.sentence.isEmpty)
      return false
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var bytes = FuzzDriver.bytes(start, count)
  guard FuzzCertificate.isAccepted(bytes) else { return 0 }
  for place in bytes.indices {
    let byte = bytes[place]
    bytes[place] ^= 1 << UInt8(place % 8)
    precondition(!FuzzCertificate.isAccepted(bytes), "byte \(place) was changed and it is accepted")
    bytes[place] = byte
  }
  return 0
}
