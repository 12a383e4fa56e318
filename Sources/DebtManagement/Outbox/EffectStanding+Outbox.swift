import Values

extension EffectStanding {
  /// What a debt case has to know of an effect.
  ///
  /// One that was withdrawn after a try that had no clear end counts as left, for it may have arrived.
  public init(_ stored: StoredEffect) {
    let effect = stored.effect
    let progress: Progress =
      if stored.state.isOpen { .waiting } else if stored.mayHaveLeft { .left } else { .void }
    self.init(
      id: effect.id, contract: effect.contract, step: effect.step, progress: progress,
      on: RigaTime.date(at: stored.sentAt ?? stored.at), invoices: effect.invoices)
  }
}
