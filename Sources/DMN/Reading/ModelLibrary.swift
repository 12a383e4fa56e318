/// A model with the models that it imports, directly and indirectly: read, not yet resolved.
public struct ModelLibrary: Sendable {
  /// The models; the first is the main one.
  public private(set) var models: [Definitions] = []
  /// For each model, the index of the model behind each of its imports; nil where it is missing.
  public private(set) var imported: [[Int?]] = []
  /// What was wrong in the files.
  public private(set) var findings: [ModelFinding] = []

  /// Reads a main model and, of the other files, those that it imports.
  ///
  /// - Parameters:
  ///   - main: the main model's file.
  ///   - others: the files among which imports are looked for, by namespace and location.
  public init(main: ModelFile, others: [ModelFile] = []) throws(ModelError) {
    let (definitions, found) = try ModelReader.read(main.bytes, source: main.name)
    models = [definitions]
    findings = found
    var candidates = Candidates(files: others.filter { $0.name != main.name })
    var next = 0
    while next < models.count {
      let indices = models[next].imports.map { resolve($0, of: next, among: &candidates) }
      imported.append(indices)
      next += 1
    }
    findCircles()
  }

  /// The index of the model with a namespace as seen from another: itself or one of its imports.
  func model(namespace: String, from index: Int) -> Int? {
    if models[index].namespace == namespace { return index }
    for (entry, target) in zip(models[index].imports, imported[index]) where entry.namespace == namespace {
      return target
    }
    // An element of an import's import may be required too: its reference names the namespace fully.
    return models.firstIndex { $0.namespace == namespace }
  }

  private mutating func resolve(
    _ entry: ModelImport, of index: Int, among candidates: inout Candidates
  ) -> Int? {
    guard entry.kind.isEmpty || StandardVersion(namespace: entry.kind) != nil else { return nil }
    if let known = models.firstIndex(where: { $0.namespace == entry.namespace }) { return known }
    let place = ModelPlace(
      model: models[index].identity.name, source: models[index].source, elementID: entry.identity.id,
      elementName: entry.identity.name.isEmpty ? nil : entry.identity.name, part: "import",
      position: entry.identity.position)
    let matches = candidates.models(namespace: entry.namespace)
    let wanted = entry.location.map(Self.fileName)
    guard let found = matches.first(where: { $0.definitions.source == wanted }) ?? matches.first else {
      if let wanted, let error = candidates.error(of: wanted) {
        findings.append(ModelFinding(.unreadableImport(source: wanted, reason: error.sentence), at: place))
      } else {
        findings.append(
          ModelFinding(.missingImport(namespace: entry.namespace, location: entry.location), at: place))
      }
      return nil
    }
    if matches.count > 1 && found.definitions.source != wanted {
      let sources = matches.map(\.definitions.source)
      findings.append(ModelFinding(.ambiguousImport(namespace: entry.namespace, sources: sources), at: place))
    }
    models.append(found.definitions)
    findings += found.findings
    return models.count - 1
  }

  /// Imports that lead back: harmless for evaluation, since elements are resolved one by one, but told.
  private mutating func findCircles() {
    for (index, model) in models.enumerated() {
      for (entry, target) in zip(model.imports, imported[index]) {
        guard let target, target == index || reaches(target, index) else { continue }
        findings.append(
          ModelFinding(
            .circularImport(namespace: entry.namespace),
            at: ModelPlace(
              model: model.identity.name, source: model.source, elementID: entry.identity.id,
              elementName: entry.identity.name, part: "import", position: entry.identity.position)))
      }
    }
  }

  private func reaches(_ start: Int, _ goal: Int) -> Bool {
    var seen: Set<Int> = [start]
    var open = [start]
    while let current = open.popLast() {
      for case let next? in imported[current] where seen.insert(next).inserted {
        if next == goal { return true }
        open.append(next)
      }
    }
    return false
  }

  private static func fileName(_ location: String) -> String {
    location.split(separator: "/").last.map(String.init) ?? location
  }
}

/// The files among which imports are looked for, each read at most once and only when one is needed.
private struct Candidates {
  let files: [ModelFile]
  private var read: [(definitions: Definitions, findings: [ModelFinding])]?
  private var errors: [String: ModelError] = [:]

  init(files: [ModelFile]) { self.files = files }

  mutating func models(namespace: String) -> [(definitions: Definitions, findings: [ModelFinding])] {
    readAll().filter { $0.definitions.namespace == namespace }
  }

  mutating func error(of name: String) -> ModelError? {
    _ = readAll()
    return errors[name]
  }

  private mutating func readAll() -> [(definitions: Definitions, findings: [ModelFinding])] {
    if let read { return read }
    var result: [(definitions: Definitions, findings: [ModelFinding])] = []
    for file in files {
      do throws(ModelError) {
        result.append(try ModelReader.read(file.bytes, source: file.name))
      } catch {
        errors[file.name] = error
      }
    }
    read = result
    return result
  }
}
