/// Reads a file, pipe or standard input line by line, in memory proportional to the longest line.
///
///     var lines = try LineReader("corpus.txt")
///     while try lines.next() { use(lines.line) }
package struct LineReader: ~Copyable {
  /// The path or name, for error messages.
  package let path: String

  /// The number of the current line, from 1.
  package private(set) var number = 0

  /// The byte offset of the current line in the file.
  package private(set) var offset = 0

  private let descriptor: Descriptor
  private var inflater: Inflater?
  /// True until the first bytes are read, if gzip files are to be inflated.
  private var mayBeCompressed: Bool
  /// The limits of bytes in the file and in a line.
  private let limit: Int
  private let longestLine: Int
  /// Of 64 bits everywhere, because it may exceed `limit` before it is compared.
  private var readCount: Int64 = 0
  private var buffer: [UInt8]
  /// The part of `buffer` with bytes after the current line.
  private var filled = 0..<0
  private var current = 0..<0
  private var isAtEnd = false

  /// The maximum length of a line in bytes, unless specified otherwise.
  package static let longestLine = 1 << 30

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - inflating: Decompresses the file if it is a gzip file.
  ///   - limit: The maximum number of (decompressed) bytes. The size of devices and compressed files is not known in
  ///     advance, so callers that keep the contents need a limit.
  package init(
    _ path: String, chunkSize: Int = 1 << 18, inflating: Bool = false, upTo limit: Int = .max,
    longestLine: Int = LineReader.longestLine
  ) throws(FileError) {
    try self.init(Descriptor.input(path), path, chunkSize, inflating, limit, longestLine)
  }

  /// Reads standard input.
  package init(
    standardInput: Void, inflating: Bool = false, upTo limit: Int = .max, longestLine: Int = LineReader.longestLine
  ) throws(FileError) {
    try self.init(Descriptor.standardInput(), "standard input", 1 << 16, inflating, limit, longestLine)
  }

  private init(
    _ descriptor: Descriptor, _ path: String, _ chunkSize: Int, _ inflating: Bool, _ limit: Int, _ longestLine: Int
  ) {
    (self.path, self.descriptor, self.limit, self.longestLine) = (path, descriptor, limit, longestLine)
    buffer = Array(repeating: 0, count: chunkSize)
    mayBeCompressed = inflating
  }

  /// The current line without its line feed, but with a carriage return before that.
  package var line: Span<UInt8> {
    @_lifetime(borrow self)
    get { buffer.span.extracting(current) }
  }

  /// Advances to the next line and returns true, or false at the end of the file. The last line needs no line feed.
  package mutating func next() throws(FileError) -> Bool {
    var searched = filled.lowerBound
    while true {
      if let end = firstIndex(of: UInt8(ascii: "\n"), in: buffer[searched..<filled.upperBound]) {
        pass(over: filled.lowerBound..<end, feed: 1)
        return true
      }
      if isAtEnd {
        guard !filled.isEmpty else { return false }
        pass(over: filled, feed: 0)
        return true
      }
      let searchedCount = filled.count
      guard searchedCount <= longestLine else {
        throw FileError(
          .tooLarge, path, "\(path), line \(number + 1), has more than \(longestLine) bytes, the limit for a line.")
      }
      try fill()
      searched = filled.lowerBound + searchedCount
    }
  }

  /// The first `count` bytes after the current line, or fewer at the end of the file. They are not consumed.
  package mutating func peek(_ count: Int) throws(FileError) -> [UInt8] {
    while filled.count < count && !isAtEnd { try fill() }
    return Array(buffer[filled.prefix(count)])
  }

  /// Returns everything after the current line.
  package mutating func rest() throws(FileError) -> [UInt8] {
    while !isAtEnd { try fill() }
    buffer.removeLast(buffer.count - filled.upperBound)
    buffer.removeFirst(filled.lowerBound)
    defer { (buffer, filled, current) = ([], 0..<0, 0..<0) }
    return buffer
  }

  private mutating func pass(over line: Range<Int>, feed: Int) {
    offset = number == 0 ? 0 : offset + current.count + 1
    number += 1
    current = line
    filled = line.upperBound + feed..<filled.upperBound
  }

  /// Reads more bytes after `filled`. First moves them to the start of the buffer, and doubles the buffer if it is
  /// full.
  private mutating func fill() throws(FileError) {
    if filled.lowerBound > 0 {
      for index in 0..<filled.count { buffer[index] = buffer[filled.lowerBound + index] }
      filled = 0..<filled.count
    }
    if filled.count == buffer.count { buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, 1))) }
    let count = try mayBeCompressed ? readFirst() : read(from: filled.upperBound)
    filled = 0..<filled.upperBound + count
    isAtEnd = count == 0
    readCount += Int64(count)
    guard readCount <= limit else {
      let verb = inflater == nil ? "has" : "decompresses to"
      throw FileError(
        .tooLarge, path, "\(path) \(verb) more than the \(limit) bytes that fit in memory; use a part of it.")
    }
  }

  /// Reads into the buffer from index `start` on and returns the number of bytes; 0 at the end of the file.
  private mutating func read(from start: Int) throws(FileError) -> Int {
    if let inflater { return try inflater.read(into: &buffer, from: start) }
    do throws(SystemError) {
      return try descriptor.read(into: &buffer, from: start)
    } catch {
      throw .reading(path, error)
    }
  }

  /// Reads the first bytes, and inflates them if they are the beginning of a gzip file.
  private mutating func readFirst() throws(FileError) -> Int {
    mayBeCompressed = false
    let mark = Inflater.firstBytes
    if buffer.count < mark.count { buffer += repeatElement(0, count: mark.count) }
    var (count, more) = (0, 0)
    repeat {
      more = try read(from: count)
      count += more
    } while more > 0 && count < mark.count
    guard buffer[..<count].starts(with: mark) else { return count }
    inflater = try Inflater(path, descriptor, behind: buffer[..<count])
    return try read(from: 0)
  }
}
