extension Corpus {
  /// Reads plain or gzipped files one after the other; `-` is standard input.
  ///
  /// - Parameters:
  ///   - paths: The files; `-` is standard input.
  ///   - form: The division of files into documents; by default that of their names.
  ///   - isLossy: Replaces bytes that are not UTF-8 by U+FFFD and counts them, instead of throwing an error.
  public init(contentsOf paths: [String], as form: DocumentForm? = nil, isLossy: Bool = false) throws {
    var reader = CorpusReader(isLossy: isLossy)
    for path in paths { try reader.read(path, as: form ?? DocumentForm(path: path)) }
    try self.init(reader, of: paths)
  }

  /// Reads one file: lines of text, or JSON if its name ends in `.json`, `.jsonl` or `.ndjson`.
  ///
  /// A `.csv` or `.tsv` file, or JSON objects, need the name of a column or field: see `init(contentsOf:as:isLossy:)`.
  public init(contentsOf path: String) throws {
    try self.init(contentsOf: [path])
  }
}
