/// The known word that a mistyped one most likely means.
enum NearestMatch {
  /// The word at the smallest edit distance, or one that the text begins; nil where nothing is near.
  static func of(_ text: String, among words: [String]) -> String? {
    let typed = Array(text.lowercased().unicodeScalars.prefix(64))
    guard typed.count > 1 else { return nil }
    var best: (word: String, distance: Int)?
    for word in words {
      let known = Array(word.unicodeScalars)
      var distance = editDistance(typed, known)
      if known.starts(with: typed), typed.count >= 3 { distance = min(distance, 1) }
      if distance < best?.distance ?? .max { best = (word, distance) }
    }
    guard let best, best.distance <= max(1, typed.count / 3) else { return nil }
    return best.word
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in 1...first.count {
      var row = [i]
      for j in 1...second.count {
        let same = first[i - 1] == second[j - 1]
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[second.count]
  }
}
