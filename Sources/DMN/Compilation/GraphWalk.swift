/// Circles and orders of a directed graph, found without recursion: a model may nest as deep as it likes.
struct GraphWalk {
  /// The targets of each node's edges.
  let edges: [[Int]]
  /// One circle for each strongly connected part, its nodes along the edges.
  private(set) var circles: [[Int]] = []
  /// The nodes that can reach themselves.
  private(set) var onCircles: Set<Int> = []
  /// The nodes that are on a circle or lead to one.
  private(set) var reachingCircles: Set<Int> = []

  init(_ edges: [[Int]]) {
    self.edges = edges
    findCircles()
  }

  /// All nodes that a node leads to and itself, each after those that it leads to.
  ///
  /// Only for nodes that reach no circle.
  func closure(of start: Int) -> [Int] {
    var order: [Int] = []
    var seen: Set<Int> = [start]
    var stack: [(node: Int, next: Int)] = [(start, 0)]
    while let top = stack.last {
      if top.next < edges[top.node].count {
        stack[stack.count - 1].next += 1
        let target = edges[top.node][top.next]
        if seen.insert(target).inserted { stack.append((target, 0)) }
      } else {
        order.append(top.node)
        stack.removeLast()
      }
    }
    return order
  }

  private enum Mark { case unseen, open, done }

  private mutating func findCircles() {
    var marks = Array(repeating: Mark.unseen, count: edges.count)
    for start in edges.indices where marks[start] == .unseen {
      var stack: [(node: Int, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let top = stack.last {
        guard top.next < edges[top.node].count else {
          marks[top.node] = .done
          stack.removeLast()
          if edges[top.node].contains(where: { reachingCircles.contains($0) }) {
            reachingCircles.insert(top.node)
          }
          continue
        }
        stack[stack.count - 1].next += 1
        let target = edges[top.node][top.next]
        switch marks[target] {
        case .unseen:
          marks[target] = .open
          stack.append((target, 0))
        case .open:
          let path = stack.map(\.node)
          let circle = Array(path[(path.firstIndex(of: target) ?? 0)...])
          if !circle.allSatisfy(onCircles.contains) { circles.append(circle) }
          onCircles.formUnion(circle)
          reachingCircles.formUnion(circle)
        case .done: break
        }
      }
    }
  }
}
