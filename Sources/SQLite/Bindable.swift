/// A value that can be bound to a parameter of a statement.
public protocol Bindable {
  /// Binds the value to the parameter at a 1-based position.
  func bind(to statement: Statement, at position: Int) throws(SQLiteError)
}

extension Int: Bindable {
  /// Binds a 64-bit integer.
  public func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    try statement.bind(position, self)
  }
}

extension String: Bindable {
  /// Binds a text.
  public func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    try statement.bind(position, self)
  }
}

extension [UInt8]: Bindable {
  /// Binds a blob.
  public func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    try statement.bind(position, self)
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  /// Binds the value, or null.
  public func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    if let value = self {
      try value.bind(to: statement, at: position)
    } else {
      try statement.bindNull(position)
    }
  }
}
