extension Parser {
  /// A type (rule 52).
  mutating func type() throws(SyntaxError) -> FEELType {
    try lexer.skipSpace()
    let at = position
    if let generic = try genericType() { return generic }
    if let (name, end, _) = scope.typeTable.longest(in: lexer) {
      lexer.offset = end
      if let type = scope.type(named: name) { return type }
    }
    var name = try freeName("of a type")
    while lexer.peek() == "." {
      lexer.offset += 1
      name += "." + (try freeName("of a type"))
    }
    report(.unknownType, .error, "there is no type named '\(name)'", at: at)
    return .defined(DefinedType(name: name, base: .any) { _ in false })
  }

  /// `list<...>`, `range<...>`, `context<...>`, `function<...> -> ...`.
  private mutating func genericType() throws(SyntaxError) -> FEELType? {
    for name in ["list", "range", "context", "function"] where lexer.stands(name) {
      var ahead = lexer
      ahead.offset += name.count
      guard try ahead.take("<") else { return nil }
      lexer = ahead
      typeNesting += 1
      defer { typeNesting -= 1 }
      guard typeNesting <= 50 else { throw lexer.error("the type is nested too deeply", code: .tooDeep) }
      switch name {
      case "list":
        let element = try type()
        try expect(">", "to close the type")
        return .list(element)
      case "range":
        let element = try type()
        try expect(">", "to close the type")
        return .range(element)
      case "context": return .context(try fieldTypes())
      default: return try functionType()
      }
    }
    return nil
  }

  private mutating func fieldTypes() throws(SyntaxError) -> [FEELType.Field] {
    var fields: [FEELType.Field] = []
    if try lexer.take(">") { return fields }
    repeat {
      try lexer.skipSpace()
      let name = lexer.peek() == "\"" ? try lexer.string() : try newName(until: ":")
      try expect(":", "after the entry's name '\(name)'")
      fields.append(FEELType.Field(name, try type()))
    } while try lexer.take(",")
    try expect(">", "to close the type")
    return fields
  }

  private mutating func functionType() throws(SyntaxError) -> FEELType {
    var parameters: [FEELType] = []
    if try !lexer.take(">") {
      repeat { parameters.append(try type()) } while try lexer.take(",")
      try expect(">", "to close the parameter types")
    }
    try expect("->", "before the result type of the function")
    return .function(parameters, try type())
  }
}
