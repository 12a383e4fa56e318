import Terminal

/// The text as a terminal may show it: the short word for what every command does with names and texts of records.
func visible(_ text: String) -> String { VisibleText.of(text) }
