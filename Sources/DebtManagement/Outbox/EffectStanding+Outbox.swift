extension EffectStanding.Progress {
  /// What a debt case has to know of an effect's state.
  ///
  /// One that was withdrawn after a try that had no clear end counts as left, for it may have arrived.
  init(_ state: EffectState, mayHaveLeft: Bool) {
    self = if state.isOpen { .waiting } else if mayHaveLeft { .left } else { .void }
  }
}
