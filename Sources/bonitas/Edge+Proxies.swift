import Glibc

extension Edge {
  /// Has no proxy come between this machine and itself.
  ///
  /// What is asked of a register, or told to an endpoint, over plain HTTP holds personal data and is allowed on this machine alone. libcurl,
  /// with which URLSession sends, would hand it to the `http_proxy` or `all_proxy` of the environment all the same. Done before there is a
  /// second thread, since the environment has no lock.
  static func keepProxiesFromThisMachine(_ variables: [String: String]) {
    if let exceptions = proxyExceptions(variables) { setenv("no_proxy", exceptions, 1) }
  }

  /// What `no_proxy` has to be; nil where it may stay as it is.
  static func proxyExceptions(_ variables: [String: String]) -> String? {
    // As libcurl reads them: the small letters first, and of `http_proxy` nothing else.
    let proxies = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    guard proxies.contains(where: { variables[$0]?.isEmpty == false }) else { return nil }
    let given = variables["no_proxy"] ?? variables["NO_PROXY"] ?? ""
    // Alone, and only then, the star stands for every host.
    if given == "*" { return nil }
    return (given.isEmpty ? "" : given + ",") + "localhost,127.0.0.1,::1"
  }
}
