/// A file, pipe or standard input, line by line, in the memory of its longest line.
///
///     var lines = try LineReader("corpus.txt")
///     while try lines.next() { use(lines.line) }
package struct LineReader: ~Copyable {
  /// The name for error messages.
  package let path: String

  /// The number of the present line, from 1.
  package private(set) var number = 0

  /// Where the present line begins, in bytes from the beginning of the file.
  package private(set) var offset = 0

  private let descriptor: Descriptor
  private var inflater: Inflater?
  /// Until the first bytes have told.
  private var mayBeCompressed: Bool
  /// The most bytes that are read, and that a line has.
  private let limit: Int
  private let longestLine: Int
  private var readCount = 0
  private var buffer: [UInt8]
  /// The part of `buffer` that holds what was read and not yet passed over.
  private var filled = 0..<0
  private var present = 0..<0
  private var isAtEnd = false

  /// The longest line that a document may be made of.
  package static let longestLine = 1 << 30

  /// `inflating` reads what gzip compressed as the text that it was; other files as they are. Neither a device nor a compressed file
  /// says beforehand how much it holds: whoever keeps what is read gives a limit.
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

  /// The present line without its line feed; a carriage return before that is left on it.
  package var line: Span<UInt8> {
    @_lifetime(borrow self)
    get { buffer.span.extracting(present) }
  }

  /// Goes on to the next line. False at the end of the file; a last line without a line feed is a line.
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

  /// Everything that follows the present line.
  package mutating func rest() throws(FileError) -> [UInt8] {
    while !isAtEnd { try fill() }
    buffer.removeLast(buffer.count - filled.upperBound)
    buffer.removeFirst(filled.lowerBound)
    defer { (buffer, filled, present) = ([], 0..<0, 0..<0) }
    return buffer
  }

  private mutating func pass(over line: Range<Int>, feed: Int) {
    offset = number == 0 ? 0 : offset + present.count + 1
    number += 1
    present = line
    filled = line.upperBound + feed..<filled.upperBound
  }

  /// Reads on behind `filled`, making room first: what was passed over is left behind, and a full buffer doubles.
  private mutating func fill() throws(FileError) {
    if filled.lowerBound > 0 {
      for index in 0..<filled.count { buffer[index] = buffer[filled.lowerBound + index] }
      filled = 0..<filled.count
    }
    if filled.count == buffer.count { buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, 1))) }
    let count = try mayBeCompressed ? readFirst() : read(behind: filled.upperBound)
    filled = 0..<filled.upperBound + count
    isAtEnd = count == 0
    readCount += count
    guard readCount <= limit else {
      let form = inflater == nil ? "" : ", uncompressed,"
      throw FileError(
        .tooLarge, path,
        "\(path) holds\(form) more than the \(limit) bytes that this machine has memory for; take a part of it.")
    }
  }

  /// Fills some of the buffer behind its first `start` bytes; 0 at the end of the file.
  private mutating func read(behind start: Int) throws(FileError) -> Int {
    if let inflater { return try inflater.read(into: &buffer, from: start) }
    do throws(SystemError) {
      return try descriptor.read(into: &buffer, from: start)
    } catch {
      throw .reading(path, error)
    }
  }

  /// Reads the first bytes, and what they are the compressed form of.
  private mutating func readFirst() throws(FileError) -> Int {
    mayBeCompressed = false
    let mark = Inflater.firstBytes
    if buffer.count < mark.count { buffer += repeatElement(0, count: mark.count) }
    var (count, more) = (0, 0)
    repeat {
      more = try read(behind: count)
      count += more
    } while more > 0 && count < mark.count
    guard buffer[..<count].starts(with: mark) else { return count }
    inflater = try Inflater(path, descriptor, behind: buffer[..<count])
    return try read(behind: 0)
  }
}
