import Tokenization

/// Counts the words of a corpus, and learns tokens by merging the most frequent pair of neighbors repeatedly.
struct FrequentPairs {
  private var words = Vocabulary()
  private var counts: [Int] = []

  mutating func add(_ word: Range<Int>, of text: Span<UInt8>) {
    let index = Int(words.insert(word, of: text))
    if index == counts.count { counts.append(0) }
    counts[index] += 1
  }

  /// Returns the characters of all words in the order of their bytes, then up to `merges` merged tokens by rank.
  func vocabulary(merges: Int) -> Vocabulary {
    var characters = Vocabulary()
    var tokens = Array(repeating: [TokenID](), count: words.count)
    for word in words.indices {
      forEachCharacter(of: words[word]) { tokens[Int(word)].append(characters.insert($0, of: words[word])) }
    }
    let order = characters.sortedIndices
    var ranks = Array(repeating: TokenID(0), count: order.count)
    for (rank, character) in order.enumerated() { ranks[Int(character)] = TokenID(rank) }
    for word in tokens.indices { tokens[word] = tokens[word].map { ranks[Int($0)] } }
    var vocabulary = Vocabulary()
    for character in order { vocabulary.append(characters[character]) }

    var pairs = PairCounts()
    for word in tokens.indices { pairs.add(tokens[word], word, times: counts[word]) }
    for _ in 0..<merges {
      guard let (pair, words) = pairs.mostFrequent else { break }
      let merged = Array(copying: vocabulary[pair.first]) + Array(copying: vocabulary[pair.second])
      let token = vocabulary.insert(0..<merged.count, of: merged.span)
      for word in words {
        pairs.add(tokens[word], word, times: -counts[word])
        tokens[word] = tokens[word].merging(pair, into: token)
        pairs.add(tokens[word], word, times: counts[word])
      }
    }
    return vocabulary
  }
}

private struct Pair: Hashable {
  var first: TokenID
  var second: TokenID
}

/// The count of each pair of neighbors in the corpus, and the words that contain it.
private struct PairCounts {
  private var counts: [Pair: (count: Int, words: Set<Int>)] = [:]

  mutating func add(_ tokens: [TokenID], _ word: Int, times: Int) {
    for (first, second) in zip(tokens, tokens.dropFirst()) {
      counts[Pair(first: first, second: second), default: (0, [])].count += times
      counts[Pair(first: first, second: second), default: (0, [])].words.insert(word)
    }
  }

  /// The most frequent pair that occurs more than once. Ties go to the pair with the lowest tokens.
  var mostFrequent: (Pair, words: Set<Int>)? {
    let best = counts.max { one, other in
      (one.value.count, other.key.first, other.key.second) < (other.value.count, one.key.first, one.key.second)
    }
    return best.flatMap { $0.value.count > 1 ? ($0.key, $0.value.words) : nil }
  }
}

extension [TokenID] {
  /// Returns these tokens with `token` in place of each `pair`, from the left.
  fileprivate func merging(_ pair: Pair, into token: TokenID) -> [TokenID] {
    var result: [TokenID] = []
    for next in self {
      if result.last == pair.first && next == pair.second {
        result[result.count - 1] = token
      } else {
        result.append(next)
      }
    }
    return result
  }
}
