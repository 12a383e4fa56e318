/// One press of a key, or a piece of text that was pasted.
public enum Key: Hashable, Sendable {
  /// A written character; a combining mark comes as a character of its own.
  case character(Character)
  /// A letter with Control, in lower case; `control(" ")` is the null character.
  case control(Character)
  /// A character with Alt, which terminals send as Escape and the character.
  case alt(Character)
  case enter, tab, backTab, backspace, escape
  case up, down, left, right, wordLeft, wordRight
  case home, end, pageUp, pageDown, insert, delete
  case function(Int)
  /// Text in bracketed paste, lines ended by `\n` and without any other control character.
  case paste(String)
}
