import GPT
import Kernels
import ModelMemory
import Tokenization

/// The forward pass of a model: that of its network or, where it has several, those of all, whose probabilities are
/// averaged.
final class ModelPass {
  private let members: [CachedForwardPass]

  var slots: Int { members[0].slots }

  /// The attention of the first network to the tokens that are read, for those who want to see it.
  var attention: AttentionLog? {
    get { members[0].attention }
    set { members[0].attention = newValue }
  }

  init(_ parameters: [FrozenParameters], slots: Int) {
    members = parameters.map { CachedForwardPass($0, slots: slots) }
  }

  /// Reads tokens, as `CachedForwardPass` does.
  func read(_ rows: CachedForwardPass.Rows) {
    for member in members { member.read(rows) }
  }

  /// Reads the beginning of a text. Its last token has a pass of its own, for only its logits are needed.
  ///
  /// - Returns: The row of the last token.
  func read(_ text: [TokenID], slot: Int32) -> CachedForwardPass.Rows {
    var rows = CachedForwardPass.Rows()
    for (position, token) in text.enumerated() {
      if rows.count > 0 && (rows.count == CachedForwardPass.maximumRows || position == text.count - 1) {
        read(rows)
        rows.removeAll()
      }
      rows.append(token, slot: slot, position: position)
    }
    read(rows)
    return rows
  }

  /// Returns logits (V, R) for the first `count` rows of the last `read`: those of the only network, or the logarithms
  /// of the mean of the networks' probabilities. They are valid until the next call.
  func logits(count: Int) -> Logits {
    let first = members[0].logits(count: count)
    guard members.count > 1 else { return first }
    let share = 1 / Float(members.count)
    let mean = TokenProbabilities(first, share: share)
    for member in members.dropFirst() { mean.add(TokenProbabilities(member.logits(count: count), share: share)) }
    return mean.logits()
  }

  /// Copies the first `count` positions of one slot to another.
  func copy(_ count: Int, from source: Int, to target: Int) {
    for member in members { member.copy(count, from: source, to: target) }
  }

  /// The number of slots for one sequence per row, or for fewer sequences if these would take more than 256 MB.
  static func affordableSlots(_ members: [FrozenParameters]) -> Int {
    max(1, min(CachedForwardPass.maximumRows, (256 << 20) / bytesPerSlot(members)))
  }

  /// The number of prefixes to cache: those that several of `texts` texts can share, in no more than 16 MB.
  static func affordablePrefixes(_ members: [FrozenParameters], texts: Int) -> Int {
    let configuration = members[0].configuration
    let bytes = bytesPerSlot(members) + PrefixCache.bytesPerPrefix(vocabulary: configuration.vocabulary)
    let limit = max(1, (16 << 20) / bytes)
    return texts / 2 < limit ? min(limit, 1 + texts / 2 * configuration.context) : limit
  }

  private static func bytesPerSlot(_ members: [FrozenParameters]) -> Int {
    members.reduce(0) { $0 + CachedForwardPass.bytesPerSlot($1.layout) }
  }
}
