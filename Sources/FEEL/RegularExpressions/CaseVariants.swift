/// Which characters are case variants of one another (XPath Functions and Operators 3.1, section 5.6.2).
///
/// Two characters are variants when their lower-case or their upper-case mappings are equal. The table is made
/// once, on the first pattern with the flag `i`.
enum CaseVariants {
  /// The scalars that are case variants of `scalar`, itself included.
  static func variants(of scalar: UInt32) -> [UInt32] {
    table.variants[scalar] ?? [scalar]
  }

  /// The ranges together with the case variants of everything in them.
  static func closing(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result = ranges
    for range in ranges {
      // The cased scalars are few and sorted, so a wide range costs one pass over them.
      for scalar in table.cased[table.firstCased(from: range.lowerBound)...] {
        if scalar > range.upperBound { break }
        for variant in variants(of: scalar) where !range.contains(variant) {
          result.append(variant...variant)
        }
      }
    }
    return result
  }

  private static let table = Table()

  private struct Table {
    var variants: [UInt32: [UInt32]] = [:]
    var cased: [UInt32] = []

    init() {
      var byLowercase: [String: [UInt32]] = [:]
      var byUppercase: [String: [UInt32]] = [:]
      // No scalar beyond plane 1's scripts has case; Adlam at U+1E900 is the last one.
      for value in UInt32(0)..<0x1F000 {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let properties = scalar.properties
        guard properties.isCased || properties.changesWhenCaseMapped else { continue }
        byLowercase[properties.lowercaseMapping, default: []].append(value)
        byUppercase[properties.uppercaseMapping, default: []].append(value)
        cased.append(value)
      }
      for value in cased {
        guard let properties = Unicode.Scalar(value)?.properties else { continue }
        let related =
          (byLowercase[properties.lowercaseMapping] ?? []) + (byUppercase[properties.uppercaseMapping] ?? [])
        let unique = Set(related)
        if unique.count > 1 { variants[value] = unique.sorted() }
      }
    }

    func firstCased(from value: UInt32) -> Int {
      var low = 0
      var high = cased.count
      while low < high {
        let middle = (low + high) / 2
        if cased[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
