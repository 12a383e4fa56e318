import Foundation
import FoundationNetworking
import Testing

@testable import HTTPClient

/// Why there is no answer, sorted by what may be done about it.
@Suite struct ClientErrorTests {
  /// The words of libcurl 7.88 with OpenSSL 3, as `scripts/register-tls-test` meets them.
  @Test(arguments: [
    ("SSL certificate problem: unable to get local issuer certificate", "not-trusted"),
    ("SSL certificate problem: certificate has expired", "not-trusted"),
    ("SSL: no alternative certificate subject name matches target host name '127.0.0.1'", "not-trusted"),
    ("OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", "not-trusted"),
    ("OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading", "connection-lost"),
    ("OpenSSL SSL_connect: Connection reset by peer in connection to 127.0.0.1:443", "connection-lost"),
    ("Recv failure: Connection reset by peer", "connection-lost"),
  ])
  func aCertificateIsToldByItsWords(_ words: String, _ code: String) {
    let error = URLError(.unknown, userInfo: [NSLocalizedDescriptionKey: words])
    #expect(ClientError(error).code == code)
  }

  @Test(arguments: [
    (URLError.Code.timedOut, "deadline"), (.cannotConnectToHost, "cannot-connect"),
    (.cannotFindHost, "cannot-connect"), (.secureConnectionFailed, "not-trusted"),
    (.serverCertificateUntrusted, "not-trusted"), (.networkConnectionLost, "connection-lost"),
    (.unknown, "connection-lost"),
  ])
  func everyCodeOfTheSystemHasOneOfOurs(_ system: URLError.Code, _ code: String) {
    #expect(ClientError(URLError(system)).code == code)
  }
}
