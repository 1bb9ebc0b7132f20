extension Documents {
  /// Maps chunks of about 100 kB of these documents, and combines the results in document order: the page's only thread
  /// does all of it.
  package consuming func mapReduce<Output: Sendable, Part: Sendable>(
    into output: Output, threads: Int = 1, _ map: @Sendable (DocumentChunk) throws(TokenizerError) -> Part,
    combine: @escaping @Sendable (inout Output, Part) -> Void
  ) throws(TokenizerError) -> Output {
    var output = output
    for block in blocks.indices {
      let ends = blocks[block].ends
      var first = 0
      while first < ends.count {
        let limit = (first == 0 ? 0 : UInt64(ends[first - 1])) + 100_000
        var end = first + 1
        while end < ends.count && ends[end] <= limit { end += 1 }
        combine(&output, try map(chunk(first..<end, of: block)))
        first = end
      }
    }
    return output
  }
}
