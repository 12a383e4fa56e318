extension Command {
  /// Every command in groups, in the order of the help page.
  static let groups: [(title: String, commands: [Command])] = [
    ("Data in", [template, quarantineList, quarantineShow, generate]),
    ("Customers", [customersFind]),
    ("The DMN engine alone", [dmnEvaluate, dmnShow, dmnCheck, dmnBenchmark]),
    ("The installation", [doctor]),
  ]

  /// Every command.
  static let all: [Command] = groups.flatMap(\.commands)
}
