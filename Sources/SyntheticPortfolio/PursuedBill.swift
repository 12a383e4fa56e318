import Values

/// A bill that the supplier had to remind of, and what came of it.
struct PursuedBill {
  let bill: Bill
  let notices: [Notice]
  /// The day on which nothing of it was left; nil while something is.
  let settled: CivilDate?

  /// A debt notice that went out.
  struct Notice {
    let id: RecordID
    let sent: CivilDate
    let isRegistered: Bool
  }
}
