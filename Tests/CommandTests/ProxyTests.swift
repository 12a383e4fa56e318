import Testing

@testable import bonitas

/// What the environment says of proxies, and what becomes of it.
@Suite struct ProxyTests {
  @Test(
    arguments: [
      // Nobody names a proxy that could come between.
      ([:], nil), (["no_proxy": "x"], nil), (["http_proxy": ""], nil), (["HTTP_PROXY": "http://p"], nil),
      (["http_proxy": "http://p"], "localhost,127.0.0.1,::1"),
      (["ALL_PROXY": "http://p", "NO_PROXY": "a.example"], "a.example,localhost,127.0.0.1,::1"),
      (
        ["https_proxy": "http://p", "no_proxy": "b.example", "NO_PROXY": "a.example"],
        "b.example,localhost,127.0.0.1,::1"
      ),
      (["all_proxy": "http://p", "no_proxy": "*"], nil),
    ] as [([String: String], String?)])
  func thisMachineIsAlwaysAnException(_ variables: [String: String], _ exceptions: String?) {
    #expect(Edge.proxyExceptions(variables) == exceptions)
  }
}
