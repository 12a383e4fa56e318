import Values

extension CustomerFacts {
  /// These facts with what several sources tell alike taken once.
  ///
  /// A contract is known by its number, an invoice by its number and contract; where more than one source tells of it, the
  /// source whose name comes first leads, for an invoice among those that name its contract. Payments, credit notes,
  /// reversals and instalments count once where everything about them is the same, since banks may well give one number
  /// to two payments. What one source alone tells of counts, whoever leads elsewhere.
  public var countedOnce: CustomerFacts {
    guard hasSeveralSources else { return self }
    var facts = self
    facts.contracts = Self.once(contracts) { $0.id }
    let owners = Dictionary(grouping: invoices.map(\.fact).filter { $0.contract != nil }, by: \.id)
      .mapValues { Set($0.compactMap(\.contract)) }
    facts.invoices = Self.once(invoices, behind: { $0.contract == nil }) { invoice in
      let named = owners[invoice.id] ?? []
      return [invoice.id, invoice.contract ?? (named.count == 1 ? named.first : nil)]
    }
    facts.payments = Self.once(payments, by: Self.without(\.customer))
    facts.creditNotes = Self.once(creditNotes, by: Self.without(\.customer))
    facts.reversals = Self.once(reversals, by: Self.without(\.customer))
    facts.planInstalments = Self.once(planInstalments, by: Self.without(\.customer))
    return facts
  }

  /// Content without by which of their names it calls the customer.
  private static func without<Content>(
    _ name: WritableKeyPath<Content, CustomerReference>
  ) -> (Content) -> Content {
    { content in
      var content = content
      content[keyPath: name] = .number("")
      return content
    }
  }

  private var hasSeveralSources: Bool {
    var only: String?
    func isAnother(_ provenance: Provenance) -> Bool {
      if let only { return provenance.source != only }
      only = provenance.source
      return false
    }
    return contracts.contains { isAnother($0.provenance) } || invoices.contains { isAnother($0.provenance) }
      || payments.contains { isAnother($0.provenance) } || creditNotes.contains { isAnother($0.provenance) }
      || reversals.contains { isAnother($0.provenance) }
      || planInstalments.contains { isAnother($0.provenance) }
  }

  /// The records of the leading source for each key, in the order in which they stand.
  ///
  /// - Parameter isBehind: whether a record leads only where no other is there.
  private static func once<Content, Key: Hashable>(
    _ records: [Recorded<Content>], behind isBehind: (Content) -> Bool = { _ in false },
    by key: (Content) -> Key
  ) -> [Recorded<Content>] {
    func rank(_ record: Recorded<Content>) -> (Int, String) {
      (isBehind(record.fact) ? 1 : 0, record.provenance.source)
    }
    var leading: [Key: (Int, String)] = [:]
    for record in records {
      let (key, rank) = (key(record.fact), rank(record))
      if let known = leading[key], known <= rank { continue }
      leading[key] = rank
    }
    return records.filter { record in leading[key(record.fact)].map { $0 == rank(record) } ?? true }
  }
}
