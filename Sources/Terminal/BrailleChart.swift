import Support

/// A line chart in braille characters, eight dots each, labeled with the highest and lowest value.
///
///     for line in brailleChart([3.4, 2.9, 2.6, 2.5, 2.4], width: 40, height: 6) { print(line) }
///
/// `marks` is a second, shorter series over the same axis, drawn as `●`; values that are not finite are left out.
package func brailleChart(_ values: [Double], marks: [Double] = [], width: Int, height: Int) -> [String] {
  let all = (values + marks).filter(\.isFinite)
  guard let lowest = all.min(), let highest = all.max(), width > 0, height > 0, !values.isEmpty else { return [] }
  var cells = Array(repeating: Array(repeating: UInt32(0), count: width), count: height)
  let (columns, rows) = (2 * width, 4 * height)

  func row(_ value: Double) -> Int {
    let part = highest > lowest ? (highest - value) / (highest - lowest) : 0.5
    return min(rows - 1, max(0, Int((part * Double(rows - 1)).rounded())))
  }
  func dot(_ column: Int, _ row: Int) { cells[row / 4][column / 2] |= brailleBits[row % 4][column % 2] }

  var before: Int?
  for (column, value) in resampled(values, to: columns).enumerated() {
    guard value.isFinite else { continue }
    let row = row(value)
    dot(column, row)
    // Connect the points of a steep line.
    if let before, abs(row - before) > 1 {
      for between in min(row, before) + 1..<max(row, before) { dot(column, between) }
    }
    before = row
  }
  var lines = cells.map { $0.map { String(UnicodeScalar(0x2800 + $0) ?? " ") } }
  for (index, mark) in marks.enumerated() where mark.isFinite {
    let column = marks.count > 1 ? index * (width - 1) / (marks.count - 1) : width - 1
    lines[row(mark) / 4][column] = "●"
  }
  return label(lines.map { $0.joined() }, highest, lowest)
}

/// One value per column: the mean of a column's points, or the previous point where there are fewer points than
/// columns.
private func resampled(_ values: [Double], to columns: Int) -> [Double] {
  (0..<columns).map { column in
    let first = column * values.count / columns
    let part = values[first..<max(first + 1, (column + 1) * values.count / columns)].filter(\.isFinite)
    return part.isEmpty ? .nan : part.reduce(0, +) / Double(part.count)
  }
}

private func label(_ lines: [String], _ highest: Double, _ lowest: Double) -> [String] {
  let (top, bottom) = (highest.fixed(2), lowest.fixed(2))
  let width = max(top.count, bottom.count)
  return lines.enumerated().map { index, line in
    let value = index == 0 ? top : index == lines.count - 1 ? bottom : ""
    return String(repeating: " ", count: width - value.count) + value + (value.isEmpty ? " │" : " ┤") + line
  }
}

/// The bit of each dot of a braille character, from the top left.
private let brailleBits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
