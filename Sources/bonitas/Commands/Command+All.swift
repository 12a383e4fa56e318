extension Command {
  /// Every command in groups, in the order of the help page.
  static let groups: [(title: String, commands: [Command])] = [
    ("First minutes", [demo]),
    ("Data in", [ingest, template, quarantineList, quarantineShow, quarantineDiscard]),
    ("Customers and ratings", [customersFind, customersShow, featuresShow, featuresRefresh, rate, explain]),
    ("Order intake", [serve, simulateRegisters]),
    ("The portfolio", [rerate, ratingsExport, replay]),
    (
      "Debts",
      [
        debtList, debtShow, debtPlan, debtApply, debtNotice, debtRevert, debtHold, debtReport, debtVerify,
        outboxList, outboxSend, outboxRetry,
      ]
    ),
    (
      "The policy",
      [rulesShow, rulesCheck, rulesTest, rulesDiff, rulesActivate, rulesVersions, rulesRollback]
    ),
    (
      "Human review",
      [
        contest, review, reviewList, reviewShow, reviewNext, reviewClaim, reviewAttach, reviewNote,
        reviewCorrect, reviewDecide, reviewApprove, reviewReturn, reviewRelease, reviewSnooze, reviewEscalate,
        reviewStats,
      ]
    ),
    ("Stopping automation", [stop, stopLift, stopList]),
    ("The audit log", [auditLog, auditVerify, auditHead]),
    (
      "Users",
      [
        usersAdd, usersList, usersRoles, usersDisable, usersEnable, tokensCreate, tokensList, tokensRevoke,
      ]
    ),
    ("The DMN engine alone", [dmnEvaluate, dmnShow, dmnCheck, dmnBenchmark]),
    ("The installation", [generate, doctor]),
  ]

  /// Every command.
  static let all: [Command] = groups.flatMap(\.commands)
}
