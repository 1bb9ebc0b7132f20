/// The name that `typed` was probably meant to be: one that it begins, or the one with the fewest slips
/// (a letter left out, added, changed, or exchanged with its neighbour), if they are few.
package func nearest(to typed: String, among names: [String]) -> String? {
  let letters = typed.drop { $0 == "-" }.lowercased()
  if letters.count >= 2, let whole = names.first(where: { $0.drop { $0 == "-" }.hasPrefix(letters) }) { return whole }
  let candidates = names.map { (name: $0, slips: slips(letters, $0.drop { $0 == "-" }.lowercased())) }
  guard let best = candidates.min(by: { $0.slips < $1.slips }) else { return nil }
  return best.slips <= max(1, letters.count / 3) && best.slips < letters.count ? best.name : nil
}

/// Damerau and Levenshtein's distance, with every pair of neighbours exchanged at most once.
private func slips(_ one: String, _ other: String) -> Int {
  let (one, other) = (Array(one), Array(other))
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for i in one.indices {
    var row = [i + 1]
    for j in other.indices {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
      if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[other.count]
}
