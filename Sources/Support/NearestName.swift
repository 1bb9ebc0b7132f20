/// The name that `typed` was probably meant to be: the first that begins with it, otherwise the one at the smallest
/// edit distance, if that is small. Leading dashes and case are ignored.
package func nearest(to typed: String, among names: [String]) -> String? {
  let letters = typed.drop { $0 == "-" }.lowercased()
  if letters.count >= 2, let whole = names.first(where: { $0.drop { $0 == "-" }.hasPrefix(letters) }) { return whole }
  let candidates = names.map { (name: $0, distance: editDistance(letters, $0.drop { $0 == "-" }.lowercased())) }
  guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, letters.count / 3) && best.distance < letters.count ? best.name : nil
}

/// The Damerau–Levenshtein distance (optimal string alignment): characters inserted, deleted, replaced, or exchanged
/// with their neighbor.
private func editDistance(_ one: String, _ other: String) -> Int {
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
