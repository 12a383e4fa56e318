import Facts

/// The files of a portfolio that are about what is done about debts.
struct DebtTables {
  let deliveries: TableFile
  let complaints: TableFile
  let plans: TableFile
  let instalments: TableFile
  let protections: TableFile
  let dwellings: TableFile
  let deposits: TableFile
  let confirmations: TableFile
  let assignments: TableFile
  let holds: TableFile

  init(folder: String) throws(GeneratorError) {
    deliveries = try TableFile(kind: .noticeDelivery, folder: folder)
    complaints = try TableFile(kind: .complaint, folder: folder)
    plans = try TableFile(kind: .paymentPlan, folder: folder)
    instalments = try TableFile(kind: .planInstalment, folder: folder)
    protections = try TableFile(kind: .protection, folder: folder)
    dwellings = try TableFile(kind: .dwelling, folder: folder)
    deposits = try TableFile(kind: .deposit, folder: folder)
    confirmations = try TableFile(kind: .operatorConfirmation, folder: folder)
    assignments = try TableFile(kind: .claimAssignment, folder: folder)
    holds = try TableFile(kind: .hold, folder: folder)
  }

  func close() throws(GeneratorError) {
    for table in [
      deliveries, complaints, plans, instalments, protections, dwellings, deposits, confirmations,
      assignments, holds,
    ] {
      try table.close()
    }
  }
}
