/// The syntax tree of a pattern.
indirect enum PatternNode: Sendable {
  case empty
  case scalar(UInt32)
  case set(CharacterClass)
  case anyButLineEnd
  case any
  case start
  case end
  /// A group; `capture` is its number, nil where the group does not capture.
  case group(PatternNode, capture: Int?)
  case backReference(Int)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `least` to `most` times (`most` nil: without end), as many as possible or, reluctantly, as few.
  case repetition(PatternNode, least: Int, most: Int?, reluctant: Bool)
}
