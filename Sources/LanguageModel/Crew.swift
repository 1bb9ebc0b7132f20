import Workers

/// One of those who work on a step together: its number, and how many they are.
struct Crew {
  let member: Int
  let count: Int
  let team: Team

  /// Waits until everyone has come here.
  func barrier() {
    if count > 1 { team.barrier() }
  }

  /// This member's part of `count` rows, in whole blocks of sixteen.
  func share(of rows: Int) -> Range<Int> {
    let blocks = (rows + 15) / 16
    let first = blocks * member / count
    let last = blocks * (member + 1) / count
    return min(16 * first, rows)..<min(16 * last, rows)
  }
}
