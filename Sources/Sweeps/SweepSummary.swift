import StrictJSON
import Support
import Terminal

/// A table of the combinations of settings, the best first. Models that differ only in their seed share a line.
///
///     bits per byte  spread  models  held out  parameters  seconds  layers
///     3.1640         0.0100  3       1.8840    102,784     1.90     2
///     3.3440         0.0180  3       1.9910    53,632      1.00     1
///
/// Models are compared by bits per byte of the held-out documents, which do not depend on the tokens. Where nothing is
/// held out, they are compared by the training loss, if they have the same tokens.
package struct SweepSummary {
  /// Rows that differ only in their seed.
  private struct Group {
    let settings: Grid.Point
    var rows: [SweepTable.Row]

    func mean(_ measure: Measure) -> Double { Self.mean(rows.compactMap { measure.value(of: $0) }) }

    /// Half the difference between the best and the worst model.
    func spread(_ measure: Measure) -> Double {
      let values = rows.compactMap { measure.value(of: $0) }
      return ((values.max() ?? 0) - (values.min() ?? 0)) / 2
    }

    func mean(_ key: String) -> Double { Self.mean(rows.compactMap { $0.result[key]?.number?.double }) }

    private static func mean(_ numbers: [Double]) -> Double {
      numbers.isEmpty ? .infinity : numbers.reduce(0, +) / Double(numbers.count)
    }
  }

  /// The number by which models are compared.
  private enum Measure: String {
    case bitsPerByte = "bits per byte"
    case loss

    func value(of row: SweepTable.Row) -> Double? {
      switch self {
      case .bitsPerByte: row.bitsPerByte
      case .loss: row.loss
      }
    }
  }

  private let groups: [Group]
  private let measure: Measure
  /// False if nothing is held out and the models have different tokens, whose losses say nothing about each other.
  package let isRanked: Bool
  /// The models that could not be trained.
  package let failures: [SweepTable.Row]

  package init(_ rows: [SweepTable.Row]) {
    failures = rows.filter { $0.failure != nil }
    let rows = rows.filter { $0.failure == nil }
    let measure = rows.contains { $0.bitsPerByte != nil } ? Measure.bitsPerByte : .loss
    self.measure = measure
    isRanked =
      measure == .bitsPerByte || !rows.contains { $0.settings.contains { Self.tokenSettings.contains($0.name) } }
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
    self.groups =
      isRanked
      ? groups.enumerated().sorted {
        ($0.element.mean(measure), $0.offset) < ($1.element.mean(measure), $1.offset)
      }.map(\.element) : groups
  }

  /// The options of `swiftlet train` on which the tokens depend.
  private static let tokenSettings: Set<String> = [
    "tokenizer", "unit", "locale", "lowercase", "normalize", "min-count", "max-vocabulary", "keep", "merges", "preset",
    "from", "grow-vocabulary", "documents",
  ]

  /// The path of the best model; `nil` where models cannot be compared.
  package var best: String? {
    guard isRanked else { return nil }
    return groups.flatMap(\.rows).min {
      (measure.value(of: $0) ?? .infinity) < (measure.value(of: $1) ?? .infinity)
    }?.result["model"]?.string
  }

  /// The table with aligned columns.
  package var text: String {
    let names = groups.first?.settings.map(\.name) ?? []
    let hasSeeds = groups.contains { $0.rows.count > 1 }
    let hasUnknown = groups.contains { $0.mean("unknownShare") > 0 && $0.mean("unknownShare").isFinite }
    var lines = [[measure.rawValue] + (hasSeeds ? ["spread", "models"] : [])]
    lines[0] += (measure == .bitsPerByte ? ["held out"] : []) + (hasUnknown ? ["unknown"] : [])
    lines[0] += ["parameters", "seconds"] + names
    for group in groups {
      lines.append(
        [group.mean(measure).fixed(4)]
          + (hasSeeds ? [group.spread(measure).fixed(4), group.rows.count.grouped] : [])
          + (measure == .bitsPerByte ? [group.mean("validationLoss").fixed(4)] : [])
          + (hasUnknown ? [group.mean("unknownShare").percent] : [])
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
