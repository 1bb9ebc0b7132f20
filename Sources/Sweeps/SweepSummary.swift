import StrictJSON
import Support
import Terminal

/// A table of the combinations of settings, the best first. Models that differ only in their seed share a line.
///
///     held out  spread  models  loss   parameters  seconds  layers
///     1.884     0.006   3       1.802  102,784     1.9      2
///     1.991     0.011   3       1.950  53,632      1.0      1
package struct SweepSummary {
  /// Rows that differ only in their seed.
  private struct Group {
    let settings: Grid.Point
    var rows: [SweepTable.Row]

    var losses: [Double] { rows.compactMap { $0.heldOutLoss ?? $0.loss } }
    var mean: Double { Self.mean(losses) }
    /// Half the difference between the best and the worst loss.
    var spread: Double { ((losses.max() ?? 0) - (losses.min() ?? 0)) / 2 }

    func mean(_ key: String) -> Double { Self.mean(rows.compactMap { $0.result[key]?.number?.double }) }

    private static func mean(_ numbers: [Double]) -> Double {
      numbers.isEmpty ? .infinity : numbers.reduce(0, +) / Double(numbers.count)
    }
  }

  private let groups: [Group]
  private let isHeldOut: Bool
  /// The models that could not be trained.
  package let failures: [SweepTable.Row]

  package init(_ rows: [SweepTable.Row]) {
    failures = rows.filter { $0.failure != nil }
    let rows = rows.filter { $0.failure == nil }
    isHeldOut = rows.contains { $0.heldOutLoss != nil }
    var places: [String: Int] = [:]
    var groups: [Group] = []
    for row in rows {
      let settings = row.settings.filter { $0.name != "seed" }
      let key = settings.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
      if let place = places[key] {
        groups[place].rows.append(row)
      } else {
        places[key] = groups.count
        groups.append(Group(settings: settings, rows: [row]))
      }
    }
    self.groups = groups.enumerated().sorted { ($0.element.mean, $0.offset) < ($1.element.mean, $1.offset) }.map(
      \.element)
  }

  /// The path of the best model.
  package var best: String? {
    groups.flatMap(\.rows).min { ($0.heldOutLoss ?? $0.loss ?? .infinity) < ($1.heldOutLoss ?? $1.loss ?? .infinity) }?
      .result["model"]?.string
  }

  /// The table with aligned columns.
  package var text: String {
    let names = groups.first?.settings.map(\.name) ?? []
    let hasSeeds = groups.contains { $0.rows.count > 1 }
    var lines = [[isHeldOut ? "held out" : "loss"] + (hasSeeds ? ["spread", "models"] : [])]
    lines[0] += ["parameters", "seconds"] + names
    for group in groups {
      lines.append(
        [group.mean.fixed(4)] + (hasSeeds ? [group.spread.fixed(4), group.rows.count.grouped] : [])
          + [Int(group.mean("parameters").rounded()).grouped, group.mean("seconds").fixed(2)]
          + names.map { name in group.settings.first { $0.name == name }?.value ?? "" })
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }
}
