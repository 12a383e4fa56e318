/// The checks themselves: pure functions from sources to findings, so that a planted violation can prove them.
struct Inspection {
  struct Source {
    /// The path below the repository, `Sources/FEEL/Parser.swift`.
    let path: String
    let text: String

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
    var findings: [String] = []
    for source in sources where !Plan.edges.contains(source.room) {
      for (number, line) in SwiftText(source.text).lines.enumerated() {
        for word in Self.impure where Self.calls(word, in: line) {
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
      for (number, line) in SwiftText(source.text).lines.enumerated() where Self.forces(line) {
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
    for (number, line) in SwiftText(source.text).lines.enumerated() {
      var words = line.split(separator: " ").map(String.init)[...]
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
  private static let impure = [
    "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "random(",
    "randomElement()", "shuffled()", "shuffle()", "UUID()", "time(nil", "time(&", "clock_gettime(",
    "gettimeofday(",
    "arc4random", "getrandom(", "mach_absolute_time",
  ]

  /// Whether the word stands in the line as a word of its own.
  ///
  /// `time(` is also an innocent name of our own; the clock's is called with nil or a pointer.
  /// `random(` with a generator of the caller's is no chance.
  private static func calls(_ word: String, in line: String) -> Bool {
    var rest = line[...]
    while let start = rest.firstOccurrence(of: word) {
      let before = line[..<start]
      let isWhole = before.last.map { !($0.isLetter || $0.isNumber || $0 == "_") } ?? true
      let isSeeded = word == "random(" && line.contains("using:")
      if isWhole, !isSeeded { return true }
      rest = line[line.index(after: start)...]
    }
    return false
  }

  private static func forces(_ line: String) -> Bool {
    let characters = Array(line)
    for (index, character) in characters.enumerated() where character == "!" && index > 0 {
      let before = characters[index - 1]
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      let closes = before.isLetter || before.isNumber || "_)]}>?\"".contains(before)
      if closes, after != "=" { return true }
    }
    return false
  }
}

extension Substring {
  fileprivate func firstOccurrence(of word: String) -> Index? {
    indices.first { self[$0...].hasPrefix(word) }
  }
}
