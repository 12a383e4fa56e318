import Facts

/// The files of a portfolio, open for writing.
struct PortfolioTables {
  let customers: TableFile
  let contracts: TableFile
  let invoices: TableFile
  let creditNotes: TableFile
  let payments: TableFile
  let reversals: TableFile
  let debtNotices: TableFile
  let disputes: TableFile
  let registerEntries: TableFile
  let arrearsEntries: TableFile
  let debts: DebtTables

  init(folder: String) throws(GeneratorError) {
    customers = try TableFile(kind: .customer, folder: folder)
    contracts = try TableFile(kind: .contract, folder: folder)
    invoices = try TableFile(kind: .invoice, folder: folder)
    creditNotes = try TableFile(kind: .creditNote, folder: folder)
    payments = try TableFile(kind: .payment, folder: folder)
    reversals = try TableFile(kind: .reversal, folder: folder)
    debtNotices = try TableFile(kind: .debtNotice, folder: folder)
    disputes = try TableFile(kind: .dispute, folder: folder)
    registerEntries = try TableFile(kind: .registerEntry, folder: folder)
    arrearsEntries = try TableFile(kind: .arrearsEntry, folder: folder)
    debts = try DebtTables(folder: folder)
  }

  func close() throws(GeneratorError) {
    for table in [
      customers, contracts, invoices, creditNotes, payments, reversals, debtNotices, disputes,
      registerEntries,
      arrearsEntries,
    ] {
      try table.close()
    }
    try debts.close()
  }
}
