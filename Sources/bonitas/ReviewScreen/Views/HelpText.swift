/// The keys, place by place.
enum HelpText {
  static func lines(_ place: ReviewScreen.Place) -> [SheetLine] {
    var lines: [SheetLine] = []
    for (title, keys) in sections(place) {
      if !lines.isEmpty { lines.append(SheetLine("")) }
      lines.append(SheetLine(title, .heading))
      for (key, meaning) in keys {
        let pad = String(repeating: " ", count: max(1, 15 - key.count))
        lines.append(SheetLine(key + pad + meaning, indent: 2, hanging: 15))
      }
    }
    return lines
  }

  private typealias Section = (String, [(String, String)])

  private static func sections(_ place: ReviewScreen.Place) -> [Section] {
    switch place {
    case .list: [list, marks, everywhere]
    case .sheet: [sheet, acts, everywhere]
    case .record:
      [
        ("A record as it was received", [("↑ ↓ PgUp PgDn", "read"), ("Esc", "back to the case")]), everywhere,
      ]
    case .form: [form, everywhere]
    case .summary:
      [
        (
          "What will be written",
          [
            ("w", "write it: the decision counts from then on, or waits for a second person"),
            ("u", "take the last change back and go on with the form"),
            ("Esc", "back to the form; nothing is written"),
          ]
        ), everywhere,
      ]
    }
  }

  private static let list: Section = (
    "The queue",
    [
      ("↑ ↓  j k", "choose a case; PgUp PgDn, Home End"), ("Enter", "open the case: looking is recorded"),
      ("c", "claim the case: it is yours for some minutes, longer while it is open"),
      ("n", "claim and open the first case that you may work on"),
      ("/", "find a customer by name, number or code"), ("f", "filter by kind, state and more"),
      ("m", "mine only, and back"), ("o", "overdue only, and back"), ("x  Esc", "show all again"),
      ("R", "read the queue again (it does so by itself every half minute)"), ("q", "leave"),
    ]
  )
  private static let marks: Section = (
    "Marks before a case",
    [("!", "escalated: a senior decides"), ("*", "you have a draft that is not written")]
  )
  private static let sheet: Section = (
    "An open case",
    [
      ("Tab  1…7", "the tabs; also ← →"), ("↑ ↓  j k", "move; PgUp PgDn, Home End"),
      ("Enter", "the raw record behind a line marked ›"), ("R", "read the case again"),
      ("Esc  q", "back to the queue"),
    ]
  )
  private static let acts: Section = (
    "What to do with it",
    [
      ("c", "claim it"), ("d", "decide: opens the form (claims the case where nobody has it)"),
      ("n", "write a note"), ("s", "put it off until a day, with a reason"), ("e", "pass it on to a senior"),
      ("r", "give it back to the queue"), ("a", "approve what a colleague decided"),
      ("b", "send it back to that colleague"), ("u", "throw the draft away; u again brings it back"),
    ]
  )
  private static let form: Section = (
    "Deciding",
    [
      ("↑ ↓  Tab", "from field to field"), ("← →  Space", "choose, tick"),
      ("Ctrl-S", "look at what will be written, then w writes it"),
      ("Ctrl-Z", "take the last change back (also u)"),
      ("Esc", "back to the case; the draft is kept"),
      ("in the text", "Ctrl-A Ctrl-E line, Ctrl-W word, Ctrl-U Ctrl-K delete"),
    ]
  )
  private static let everywhere: Section = (
    "Everywhere",
    [("?  F1", "this help"), ("Esc", "one step back"), ("Ctrl-Z", "to the shell; 'fg' comes back")]
  )
}
