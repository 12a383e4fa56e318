import Access

/// Who may run a command; every command says it, and `Gate` alone looks.
enum Need: Sendable {
  /// Anybody: no database is looked at.
  case nobody
  /// Anybody, as the program itself or as the user of the token that is given.
  case anybody
  /// A user who may do this, as soon as there are users.
  case permission(Permission)
  /// Always a user who may do this.
  case signedIn(Permission)
}
