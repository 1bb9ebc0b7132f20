/// A series of values as a row of bars in eight heights.
///
///     sparkline([3.3, 2.9, 2.6, 2.5, 2.4], width: 5)  // █▅▂▁▁
package func sparkline(_ values: [Double], width: Int) -> String {
  let heights = Array("▁▂▃▄▅▆▇█")
  let finite = values.filter(\.isFinite)
  guard let lowest = finite.min(), let highest = finite.max(), width > 0 else { return "" }
  let columns = Swift.min(width, finite.count)
  var line = ""
  for column in 0..<columns {
    let part = finite[column * finite.count / columns..<(column + 1) * finite.count / columns]
    let mean = part.reduce(0, +) / Double(part.count)
    let height = highest > lowest ? (mean - lowest) / (highest - lowest) : 0
    line.append(heights[Swift.min(7, Int(height * 8))])
  }
  return line
}
