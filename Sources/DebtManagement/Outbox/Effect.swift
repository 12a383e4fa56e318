public import Facts
public import Values

/// Something that leaves the house because of a step of the ladder: a letter, or a request to the network operator.
///
/// It never changes; what becomes of it is told by events (`OutboxEvent`) and comes to a state (`EffectState`).
public struct Effect: Hashable, Sendable {
  /// What leaves.
  public enum Kind: Hashable, Sendable {
    /// A notice to the customer, as `LetterWriter` wrote it.
    case letter(Notice)
    /// A request to the network operator, or to who carries contracts out.
    case operatorRequest(OperatorRequest)
  }

  /// What is known of a letter besides its text.
  public struct Notice: Hashable, Sendable {
    /// Which notice it is.
    public var type: DebtNotice.NoticeType
    /// How it is sent.
    public var channel: DebtNotice.Channel
    /// To which of the customer's addresses.
    public var addressKind: DebtNotice.AddressKind
    /// In which language.
    public var language: Customer.Language
    /// The last day to pay or to answer that it states.
    public var deadline: CivilDate?
    /// The letter.
    public var letter: Letter

    /// A notice from its parts.
    public init(
      type: DebtNotice.NoticeType, channel: DebtNotice.Channel, addressKind: DebtNotice.AddressKind,
      language: Customer.Language, deadline: CivilDate?, letter: Letter
    ) {
      self.type = type
      self.channel = channel
      self.addressKind = addressKind
      self.language = language
      self.deadline = deadline
      self.letter = letter
    }
  }

  /// What is asked of the operator.
  public struct OperatorRequest: Hashable, Sendable {
    /// Where; nil where the contract names no delivery point.
    public var deliveryPoint: String?
    /// The first day on which it may be carried out.
    public var earliest: CivilDate?
    /// The effect that is withdrawn or released.
    public var concerning: String?
    /// The certificate that a restriction carries: its bytes, which the checker accepts.
    public var certificate: [UInt8]?
    /// Whether the restriction that it takes back was wrong from the beginning: what is known now had been paid then.
    public var isWrongful: Bool

    /// A request from its parts.
    public init(
      deliveryPoint: String?, earliest: CivilDate? = nil, concerning: String? = nil,
      certificate: [UInt8]? = nil, isWrongful: Bool = false
    ) {
      self.deliveryPoint = deliveryPoint
      self.earliest = earliest
      self.concerning = concerning
      self.certificate = certificate
      self.isWrongful = isWrongful
    }
  }

  /// Its id, the same for the same run, customer, contract, step and currency.
  public let id: String
  /// The run that it came from.
  public let run: String
  /// The store's key of the customer.
  public let customerKey: Int
  /// The contract; nil for a debt without one.
  public let contract: String?
  /// What is supplied under it.
  public let commodity: Contract.Commodity?
  /// The step of the ladder.
  public let step: LadderStep
  /// What leaves.
  public let kind: Kind
  /// The debt that it is about.
  public let amount: ClaimAmount
  /// The invoices that it names.
  public let invoices: [String]

  /// An effect from its parts.
  public init(
    run: String, customerKey: Int, contract: String?, commodity: Contract.Commodity?, step: LadderStep,
    kind: Kind, amount: ClaimAmount, invoices: [String]
  ) {
    id = Self.id(
      run: run, customerKey: customerKey, contract: contract, step: step, currency: amount.currency)
    self.run = run
    self.customerKey = customerKey
    self.contract = contract
    self.commodity = commodity
    self.step = step
    self.kind = kind
    self.amount = amount
    self.invoices = invoices
  }

  /// The id of the effect that a step of a run has for a contract: `E-` and 32 hexadecimal digits.
  ///
  /// Debts of one contract in several currencies are several cases, each with its own steps.
  public static func id(
    run: String, customerKey: Int, contract: String?, step: LadderStep, currency: Currency
  ) -> String {
    var hash = SHA256()
    // Lengths in front keep two runs from sharing an id.
    for part in [run, String(customerKey), contract ?? "", step.rawValue, currency.code] {
      hash.update("\(part.utf8.count):\(part)")
    }
    return "E-" + hash.finish().hexadecimal.prefix(32)
  }

  /// Whether it gives something back: it waits for no letter.
  public var isRelief: Bool { step == .release || step == .withdrawal }
}

/// What has become of an effect.
public enum EffectState: String, CaseIterable, Hashable, Sendable {
  /// It waits for its turn.
  case pending
  /// A person holds it back.
  case held
  /// It has left.
  case sent
  /// The other side says that it was carried out.
  case confirmed
  /// It is not to leave any more, for its ground is gone.
  case withdrawn
  /// The other side refuses it, or it must not leave as it is; a person has to look.
  case failed
  /// Its run was taken back before it left.
  case reverted

  /// Whether it may still leave; nothing of its contract leaves before it.
  public var isOpen: Bool { self == .pending || self == .held || self == .failed }
}

/// An effect as the outbox has it.
public struct StoredEffect: Hashable, Sendable {
  /// Its number in the order of storing.
  public let number: Int
  /// The effect.
  public let effect: Effect
  /// When it was stored.
  public let at: Instant
  /// The number of the write that stored it.
  public let sequence: Int
  /// What has become of it.
  public let state: EffectState
  /// How often it was sent or tried.
  public let attempts: Int
  /// When it is tried again at the earliest.
  public let next: Instant
  /// Why it has not left, as a code; nil where nothing stands in the way.
  public let obstacle: String?
  /// How many tries had no clear end.
  let unclear: Int
  /// When it left for the first time.
  public let sentAt: Instant?

  /// Whether the other side has it, or may have it: a try that had no clear end may have arrived, whatever the state.
  public var mayHaveLeft: Bool { Self.mayHaveLeft(sentAt: sentAt?.microseconds, unclear: unclear) }

  static func mayHaveLeft(sentAt: Int?, unclear: Int) -> Bool { sentAt != nil || unclear > 0 }
}

/// Something that happened to an effect.
public struct OutboxEvent: Hashable, Sendable {
  /// The state that it came to.
  public let state: EffectState
  /// Why, as a code.
  public let reason: String?
  /// When.
  public let at: Instant
  /// By whom.
  public let actor: String
}
