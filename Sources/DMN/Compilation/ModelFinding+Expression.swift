internal import FEEL
internal import Formats

extension ModelFinding {
  /// A finding of FEEL's compiler as one of the model, its place in the text made a place in the file.
  init(_ finding: Finding, in text: ExpressionText, at place: ModelPlace) {
    var place = place
    place.elementID = text.id ?? place.elementID
    place.position = text.position.map { finding.position.within($0) } ?? place.position
    self.init(
      .expression(
        code: finding.code.rawValue, isError: finding.severity == .error, message: finding.sentence,
        text: text.text),
      at: place)
  }
}

extension SourcePosition {
  /// The place in a file of a place in a text that begins at `start`.
  ///
  /// Characters written as references (`&lt;`) count one here and more in the file, so that the column is
  /// exact up to the first of them on the line.
  func within(_ start: TextPosition) -> TextPosition {
    TextPosition(
      line: start.line + line - 1, column: line == 1 ? start.column + column - 1 : column,
      offset: start.offset + offset)
  }
}
