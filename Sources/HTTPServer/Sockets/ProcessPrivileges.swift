import CLinux

/// What the process of a server may become.
public enum ProcessPrivileges {
  /// Lets neither this process nor any program that it runs gain a privilege again (prctl(2), PR_SET_NO_NEW_PRIVS).
  ///
  /// Gives false where the system does not know how.
  public static func forgo() -> Bool { bonitas_forgo_privileges() == 0 }
}
