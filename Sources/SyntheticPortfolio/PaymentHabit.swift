import Values

/// How a customer pays, as classes that a rating should be able to tell apart.
enum PaymentHabit {
  /// By the due date, with a rare slip.
  case punctual
  /// Days or a few weeks late, as a habit.
  case slow
  /// Late with the large winter bills only.
  case seasonal
  /// Later and later, and the last bills not at all.
  case declining
  /// Stops paying at some point.
  case defaulting
  /// A customer of a few weeks.
  case thin

  /// Picks a habit as often as an ordinary portfolio has it.
  static func pick(_ random: inout SplitMix64) -> PaymentHabit {
    switch random.number(0...99) {
    case ..<57: .punctual
    case ..<75: .slow
    case ..<83: .seasonal
    case ..<90: .declining
    case ..<94: .defaulting
    default: .thin
    }
  }

  /// Days from the due date to payment of a bill; nil when it is not paid at all.
  ///
  /// `monthsLeft` counts the bills between this one and the last one, `stop` the number of last bills that a
  /// defaulting customer leaves unpaid.
  func delay(month: Int, monthsLeft: Int, stop: Int, _ random: inout SplitMix64) -> Int? {
    switch self {
    case .punctual, .thin:
      return random.happens(300) ? random.number(1...9) : random.number(-12...0)
    case .slow:
      return random.happens(2500) ? random.number(-5...0) : random.number(3...38)
    case .seasonal:
      let isWinter = month == 12 || month <= 3
      return isWinter ? random.number(15...75) : random.number(-10...0)
    case .declining:
      if monthsLeft < 2 { return nil }
      let worst = max(0, 96 - 5 * monthsLeft)
      return random.number(worst / 2 - 6...worst)
    case .defaulting:
      return monthsLeft < stop ? nil : random.number(-8...12)
    }
  }

  /// In how many of ten thousand cases a bill is paid in two parts.
  var partPayments: Int {
    switch self {
    case .punctual, .thin: 150
    case .seasonal: 600
    case .slow, .declining, .defaulting: 1000
    }
  }

  /// In how many of ten thousand cases the bank returns a payment.
  var returnedPayments: Int {
    switch self {
    case .punctual, .thin: 20
    case .seasonal, .slow: 120
    case .declining, .defaulting: 250
    }
  }
}
