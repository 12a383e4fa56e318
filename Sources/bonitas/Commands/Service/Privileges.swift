import Glibc
import HTTPServer

/// Gives up what a service does not need.
enum Privileges {
  /// Goes on as a user without privileges, and lets nothing that this process does ever gain one again.
  ///
  /// Files that it makes are for its user and group alone; a crash leaves no image of memory with personal data; and it
  /// may hold as many connections as the system allows.
  static func drop(to name: String?, _ edge: Edge) throws(Failure) {
    if let name { try become(name) }
    if geteuid() == 0 {
      edge.errors.line(
        "Running as root, which the service needs for nothing: use --run-as USER, or the unit in deploy/.")
    }
    _ = ProcessPrivileges.forgo()
    umask(0o027)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
    var files = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 {
      files.rlim_cur = files.rlim_max
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }
  }

  private static func become(_ name: String) throws(Failure) {
    guard geteuid() == 0 else {
      throw Failure("privileges", "Only root can go on as another user; leave --run-as out.")
    }
    guard let user = getpwnam(name) else {
      throw Failure("privileges", "There is no user '\(name)' on this machine.")
    }
    let (uid, gid) = (user.pointee.pw_uid, user.pointee.pw_gid)
    // Groups first: without root nothing can be given up any more.
    guard uid != 0, setgroups(0, nil) == 0, setgid(gid) == 0, setuid(uid) == 0, setuid(0) != 0 else {
      throw Failure("privileges", "The privileges could not be given up, so nothing was started.")
    }
  }
}
