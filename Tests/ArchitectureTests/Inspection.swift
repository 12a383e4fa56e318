/// The checks themselves: pure functions from sources to findings, so that a planted violation can prove them.
struct Inspection {
  struct Source {
    /// The path below the repository, `Sources/FEEL/Parser.swift`.
    let path: String
    let text: String
    let code: SwiftText

    init(path: String, text: String) {
      self.path = path
      self.text = text
      code = SwiftText(text)
    }

    /// The target in whose folder the file lies.
    var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  }

  let manifest: Manifest
  let sources: [Source]

  /// Targets in the manifest that the plan does not know, or whose dependencies point up.
  func manifestFindings() -> [String] {
    var findings = manifest.problems
    for (target, dependencies) in manifest.dependencies.sorted(by: { $0.key < $1.key })
    where !target.hasSuffix("Tests") && target != "TestSupport" && !target.hasPrefix("Fuzz") {
      guard Plan.rooms[target] != nil else {
        findings.append("Package.swift: target \(target) is not in the plan of the house")
        continue
      }
      let allowed = Plan.reachable(from: target)
      for dependency in dependencies where !allowed.contains(dependency) {
        findings.append("Package.swift: \(target) may not depend on \(dependency)")
      }
    }
    return findings
  }

  /// Imports that the plan forbids, or that the manifest does not declare.
  func importFindings() -> [String] {
    var findings: [String] = []
    for source in sources {
      let allowed = Plan.reachable(from: source.room)
      let declared = Set(manifest.dependencies[source.room] ?? [])
      for (line, module) in imports(of: source) {
        let place = "\(source.path):\(line)"
        if Plan.rooms[module] != nil {
          if !allowed.contains(module) {
            findings.append("\(place): \(source.room) may not import \(module)")
          } else if !declared.contains(module) {
            findings.append("\(place): \(module) is not a declared dependency of \(source.room)")
          }
        } else if !Plan.toolchain.contains(module), !Plan.allows(module, in: source.path) {
          findings.append("\(place): \(source.room) does without \(module)")
        }
      }
    }
    return findings
  }

  /// Clocks and chance outside the edge.
  func purityFindings() -> [String] {
    let words = Self.impure.map { (name: $0, bytes: Array($0.utf8)) }
    var findings: [String] = []
    for source in sources where !Plan.edges.contains(source.room) {
      for (number, line) in source.code.lines.enumerated() {
        for (word, bytes) in words where Self.calls(bytes, in: line) {
          findings.append("\(source.path):\(number + 1): \(word) belongs to the edge only")
        }
      }
    }
    return findings
  }

  /// Force unwraps, `try!` and `as!`.
  func trapFindings() -> [String] {
    var findings: [String] = []
    for source in sources {
      for (number, line) in source.code.lines.enumerated() where Self.forces(line) {
        findings.append("\(source.path):\(number + 1): force unwrap, try! or as!")
      }
    }
    return findings
  }

  /// Files longer than the ceiling.
  func lengthFindings(ceiling: Int = 500) -> [String] {
    sources.compactMap { source in
      let count = source.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      return count > ceiling ? "\(source.path): \(count) lines, the ceiling is \(ceiling)" : nil
    }
  }

  private func imports(of source: Source) -> [(line: Int, module: String)] {
    var found: [(line: Int, module: String)] = []
    for (number, line) in source.code.lines.enumerated() {
      guard Self.place(of: Array("import".utf8), in: line, from: 0) != nil else { continue }
      var words = line.split(separator: Byte.space).map { String(decoding: $0, as: UTF8.self) }[...]
      while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(word) {
        words.removeFirst()
      }
      guard words.popFirst() == "import", var name = words.popFirst() else { continue }
      if Self.importKinds.contains(name), let next = words.first { name = next }
      found.append((number + 1, String(name.prefix { $0 != "." && $0 != ";" })))
    }
    return found
  }

  private static let accessLevels: Set<String> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let importKinds: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]
  private static let impure: [String] = [
    "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "random(",
    "randomElement()", "shuffled()", "shuffle()", "UUID()", "time(nil", "time(&", "clock_gettime(",
    "gettimeofday(",
    "arc4random", "getrandom(", "getentropy(", "mach_absolute_time",
  ]

  /// Whether the word stands in the line as a word of its own.
  ///
  /// `time(` is also an innocent name of our own; the clock's is called with nil or a pointer.
  /// `random(` with a generator of the caller's is no chance.
  private static func calls(_ word: [UInt8], in line: [UInt8]) -> Bool {
    var start = 0
    while let place = place(of: word, in: line, from: start) {
      let isWhole = place == 0 || !Byte.isWord(line[place - 1])
      let isSeeded =
        word == Array("random(".utf8) && Self.place(of: Array("using:".utf8), in: line, from: place) != nil
      if isWhole, !isSeeded { return true }
      start = place + 1
    }
    return false
  }

  private static func place(of word: [UInt8], in line: [UInt8], from start: Int) -> Int? {
    guard let first = word.first, line.count >= word.count else { return nil }
    var place = start
    while place <= line.count - word.count {
      if line[place] == first, line[place..<place + word.count].elementsEqual(word) { return place }
      place += 1
    }
    return nil
  }

  private static func forces(_ line: [UInt8]) -> Bool {
    for (index, byte) in line.enumerated() where byte == Byte.exclamation && index > 0 {
      let before = line[index - 1]
      let after = index + 1 < line.count ? line[index + 1] : Byte.space
      if Byte.isWord(before) || Self.closing.contains(before), after != Byte.equals { return true }
    }
    return false
  }

  private static let closing = Set(")]}>?\"".utf8)
}
