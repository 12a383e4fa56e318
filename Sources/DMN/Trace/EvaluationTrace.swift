public import FEEL

/// How a value came about: every decision's value, every table's matched rules, every warning.
public struct EvaluationTrace: Sendable {
  private let core: ModelCore
  private let recorder: TraceRecorder
  private let values: [Value]
  /// The inputs by slot, as given.
  public let inputs: [Value]
  init(_ core: ModelCore, _ recorder: TraceRecorder, values: [Value], inputs: [Value]) {
    self.core = core
    self.recorder = recorder
    self.values = values
    self.inputs = inputs
  }

  /// Why values became null, and what else went wrong, in the order in which it happened.
  public var warnings: [EvaluationWarning] { recorder.warnings }

  /// Whether more happened than is kept.
  public var isTruncated: Bool { recorder.isTruncated }

  /// The value of a decision; null if it was not evaluated.
  public func value(of decision: DecisionHandle) -> Value {
    decision.index < values.count ? values[decision.index] : .null
  }

  /// The decisions that were evaluated, in order.
  public var decisions: [DecisionHandle] {
    var result: [DecisionHandle] = []
    recorder.forEachEntry(core.tables) { entry in
      if entry.kind == .decisionEnd { result.append(DecisionHandle(index: entry.index)) }
    }
    return result
  }

  /// The tables that were evaluated, in order, those in called functions among them.
  public var tables: [TableEvaluation] {
    var result: [TableEvaluation] = []
    recorder.forEachEntry(core.tables) { entry in
      if entry.kind == .table { result.append(evaluation(entry)) }
    }
    return result
  }

  /// The tables that were evaluated for one decision, in order, without those in functions that it called.
  public func tables(of decision: DecisionHandle) -> [TableEvaluation] {
    var result: [TableEvaluation] = []
    forEachTable { other, table in
      if other == decision { result.append(table()) }
    }
    return result
  }

  /// For each of the decisions the rules that matched in its table; nil as `matchedRules(of:)` has it.
  public func matchedRules(of decisions: [DecisionHandle]) -> [MatchedRules?] {
    var matched = [MatchedRules?](repeating: nil, count: decisions.count)
    forEachTable { decision, table in
      guard let place = decisions.firstIndex(of: decision), matched[place] == nil else { return }
      matched[place] = table().matched
    }
    return matched
  }

  /// Goes through the tables that were evaluated for decisions themselves, not within functions.
  private func forEachTable(_ body: (DecisionHandle, () -> TableEvaluation) -> Void) {
    var depth = 0
    var current: Int?
    recorder.forEachEntry(core.tables) { entry in
      switch entry.kind {
      case .functionBegin: depth += 1
      case .functionEnd: depth -= 1
      case .decisionBegin where depth == 0: current = entry.index
      case .decisionEnd where depth == 0: current = nil
      case .table where depth == 0:
        if let current { body(DecisionHandle(index: current)) { evaluation(entry) } }
      default: break
      }
    }
  }

  /// The rules that matched in the table of a decision; nil if the decision has no table or was not evaluated.
  public func matchedRules(of decision: DecisionHandle) -> MatchedRules? {
    var matched: MatchedRules?
    forEachTable { other, table in
      if matched == nil, other == decision { matched = table().matched }
    }
    return matched
  }

  /// What happened, as a tree: decisions, and in them tables, function calls and warnings.
  public var tree: [TraceNode] {
    var levels: [[TraceNode]] = [[]]
    var open: [TraceNode] = []
    recorder.forEachEntry(core.tables) { entry in
      switch entry.kind {
      case .decisionBegin:
        open.append(TraceNode(kind: .decision, name: core.decisions[entry.index].name))
        levels.append([])
      case .functionBegin:
        open.append(TraceNode(kind: .function, name: core.functions[entry.index].name))
        levels.append([])
      case .decisionEnd, .functionEnd:
        guard var node = open.popLast(), let children = levels.popLast() else { return }
        node.children = children
        // Decisions that a service evaluates have values of their own, which are not kept.
        if entry.kind == .decisionEnd, !open.contains(where: { $0.kind == .function }) {
          node.value = value(of: DecisionHandle(index: entry.index))
        }
        levels[levels.count - 1].append(node)
      case .table:
        let table = evaluation(entry)
        levels[levels.count - 1].append(
          TraceNode(kind: .table, name: table.table.hitPolicyText, matched: table))
      case .warning:
        guard entry.index < warnings.count else { return }
        levels[levels.count - 1].append(
          TraceNode(kind: .warning, name: warnings[entry.index].sentence))
      }
    }
    return levels.flatMap { $0 }
  }

  private func evaluation(_ entry: TraceRecorder.Entry) -> TableEvaluation {
    let table = core.tables[entry.index]
    return TableEvaluation(table: TableView(table), matched: recorder.matched(entry, table))
  }
}

/// One evaluation of a table.
public struct TableEvaluation: Sendable {
  /// The table.
  public let table: TableView
  /// The rules that matched; with hit policy FIRST the first of them.
  public let matched: MatchedRules
}

/// One thing that happened, with what happened inside it.
public struct TraceNode: Sendable {
  /// What kind of thing happened.
  public enum Kind: Sendable {
    case decision
    case function
    case table
    case warning
  }
  /// What kind of thing happened.
  public let kind: Kind
  /// The name of the decision or function, the hit policy of the table, the sentence of the warning.
  public let name: String
  /// The value, for decisions of the model itself.
  public internal(set) var value: Value?
  /// The matched rules, for tables.
  public internal(set) var matched: TableEvaluation?
  /// What happened inside.
  public internal(set) var children: [TraceNode] = []
}
