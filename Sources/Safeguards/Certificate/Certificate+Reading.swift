import Facts
import Formats
import Values

extension Certificate {
  /// Reads a certificate strictly: every member has to be known and of its form.
  ///
  /// Whether it holds is not looked at.
  init(_ json: JSONValue) throws(DataFault) {
    let object = DataObject(json: json, place: "")
    try object.allow([
      "format", "request", "claim", "earliest", "invoices", "limits", "noticesSent", "notices",
      "circumstances",
      "clocks", "bars", "holidays", "law", "digest",
    ])
    guard try object.text("format") == Certificate.format else {
      throw object.fault("format", "is not \(Certificate.format)")
    }
    let claim = try ClaimSubject(object.object("claim"))
    let lawObject = try object.object("law")
    try lawObject.allow(["jurisdiction", "version", "entries"])
    guard try lawObject.text("jurisdiction") == claim.jurisdiction.code else {
      throw lawObject.fault("jurisdiction", "is not that of the claim")
    }
    var law: [DebtLawEntry] = []
    for entry in try lawObject.objects("entries", most: 200) {
      law.append(try DebtLawEntry(entry, claim.jurisdiction))
    }
    var bills: [ClaimBill] = []
    for bill in try object.objects("invoices", most: 200) { bills.append(try ClaimBill(bill)) }
    var notices: [NoticeEvidence] = []
    for notice in try object.objects("notices", most: 500) { notices.append(try NoticeEvidence(notice)) }
    var circumstances: [CircumstanceFinding] = []
    for finding in try object.objects("circumstances", most: 10) {
      circumstances.append(try CircumstanceFinding(finding))
    }
    var clocks: [ClockFinding] = []
    for clock in try object.objects("clocks", most: 1000) { clocks.append(try ClockFinding(clock)) }
    var bars: [BarFinding] = []
    for bar in try object.objects("bars", most: 200) { bars.append(try BarFinding(bar)) }
    let report = SafeguardReport(
      request: try RestrictionRequest(object.object("request")), claim: claim, clocks: clocks, bars: bars,
      circumstances: circumstances, notices: notices, refused: [], bills: bills,
      noticesSent: try object.integer("noticesSent", in: 0...1_000_000),
      limits: try ClaimLimits(object.object("limits")),
      holidays: try object.optional("holidays") { (member) throws(DataFault) in
        try SafeguardReport.HolidaySpan(object.object(member))
      }, law: law, lawVersion: try lawObject.digest("version"), earliest: try object.date("earliest"))
    self.init(report: report, digest: try object.digest("digest"))
  }
}

extension RestrictionRequest {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow([
      "id", "tool", "customer", "contract", "invoices", "on", "currency", "principal", "interest", "penalty",
      "costs",
    ])
    guard let currency = Currency(try object.text("currency")) else {
      throw object.fault("currency", "is no currency of ISO 4217")
    }
    self.init(
      id: try object.text("id"), tool: try object.choice("tool"), customer: try object.text("customer"),
      contract: try object.text("contract"), invoices: try object.texts("invoices"),
      on: try object.date("on"),
      amount: Money(try object.amount("principal"), currency), interest: try object.amount("interest"),
      penalty: try object.amount("penalty"), costs: try object.amount("costs"))
  }
}

extension ClaimSubject {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["jurisdiction", "claimant", "commodity", "customer"])
    guard let jurisdiction = Jurisdiction(try object.text("jurisdiction")) else {
      throw object.fault("jurisdiction", "is no code of a country")
    }
    self.init(
      jurisdiction: jurisdiction, claimant: try object.choice("claimant"),
      commodity: try object.choice("commodity"), customerType: try object.choice("customer"))
  }
}

extension ClaimBill {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["id", "issued", "due", "subject", "billed", "outstanding", "settlements"])
    var settlements: [Settlement] = []
    for item in try object.objects("settlements", most: 500) {
      try item.allow(["record", "date", "amount"])
      settlements.append(
        Settlement(
          record: try item.text("record"), date: try item.date("date"),
          amount: try item.signedAmount("amount")))
    }
    id = try object.text("id")
    issued = try object.date("issued")
    due = try object.date("due")
    subject = try object.choice("subject")
    billed = try object.amount("billed")
    self.settlements = settlements
    guard try object.amount("outstanding") == outstanding else {
      throw object.fault("outstanding", "is not what was billed less what settled it, \(outstanding)")
    }
  }
}

extension ClaimLimits {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["billed", "outstanding", "interest", "penalty", "costs"])
    billed = try object.amount("billed")
    outstanding = try object.amount("outstanding")
    interest = try object.optional("interest", object.amount)
    penalty = try object.optional("penalty", object.amount)
    costs = try object.optional("costs", object.amount)
  }
}

extension NoticeEvidence {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow([
      "record", "type", "invoice", "contentHash", "template", "channel", "address", "sent", "received",
      "deadline",
      "amounts", "proof",
    ])
    record = try object.text("record")
    type = try object.choice("type")
    invoice = try object.optional("invoice", object.text)
    contentHash = try object.optional("contentHash", object.digest)
    template = try object.optional("template", object.text)
    channel = try object.choice("channel")
    address = try object.optional("address", object.choice)
    sent = try object.date("sent")
    received = try object.optional("received", object.date)
    deadline = try object.optional("deadline", object.date)
    split = try object.optional("amounts") { (member) throws(DataFault) in
      let amounts = try object.object(member)
      try amounts.allow(["principal", "interest", "penalty", "costs", "total"])
      let split = Split(
        principal: try amounts.amount("principal"), interest: try amounts.amount("interest"),
        penalty: try amounts.amount("penalty"), costs: try amounts.amount("costs"),
        total: try amounts.amount("total"))
      guard split.isWhole else { throw amounts.fault("total", "is not the sum of its parts") }
      return split
    }
    proof = try object.optional("proof") { (member) throws(DataFault) in
      let proof = try object.object(member)
      try proof.allow(["record", "event", "date", "reference"])
      return Proof(
        record: try proof.text("record"), event: try proof.choice("event"), date: try proof.date("date"),
        reference: try proof.optional("reference", proof.text))
    }
  }
}

extension CircumstanceFinding {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["circumstance", "holds", "evidence"])
    circumstance = try object.choice("circumstance")
    holds = try object.bool("holds")
    evidence = try object.texts("evidence")
  }
}

extension ClockFinding {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow([
      "rule", "kind", "invoices", "notice", "start", "startDay", "days", "unit", "counting", "season",
      "earliest",
      "evidence",
    ])
    rule = try object.text("rule")
    kind = try object.choice("kind")
    invoices = try object.texts("invoices")
    notice = try object.optional("notice", object.text)
    start = try object.choice("start")
    startDay = try object.date("startDay")
    count = try object.dayCount()
    season = try object.optional("season", object.season)
    earliest = try object.date("earliest")
    evidence = try object.texts("evidence")
  }
}

extension BarFinding {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["code", "rule", "stands", "evidence"])
    code = try object.choice("code")
    rule = try object.text("rule")
    stands = try object.bool("stands")
    evidence = try object.texts("evidence")
  }
}

extension SafeguardReport.HolidaySpan {
  fileprivate init(_ object: DataObject) throws(DataFault) {
    try object.allow(["from", "until", "days"])
    from = try object.date("from")
    until = try object.date("until")
    days = try object.dates("days")
    guard from <= until, days.allSatisfy({ [from, until] in from <= $0 && $0 <= until }) else {
      throw object.fault("days", "lie outside of the span")
    }
  }
}
