import CZlib

/// The decompressed contents of a gzip file, in pieces; zlib verifies the checksums.
///
/// A file may consist of several gzip members, as `cat a.gz b.gz` produces.
final class Inflater {
  /// The first bytes of every gzip file, and of no text in UTF-8.
  static let firstBytes: [UInt8] = [0x1F, 0x8B]

  private let path: String
  private let descriptor: Descriptor
  /// Allocated once, because zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = Array(repeating: 0, count: 1 << 16)
  /// The part of `input` that is not inflated yet.
  private var filled = 0..<0
  private var isInMember = true

  /// Continues after `beginning`, which was already read from `descriptor`.
  init(_ path: String, _ descriptor: Descriptor, behind beginning: ArraySlice<UInt8>) throws(FileError) {
    self.path = path
    self.descriptor = descriptor
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = Array(beginning) + input
    filled = 0..<beginning.count
    // A window of 15 bits, the maximum; adding 16 selects the gzip format.
    let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw damaged }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Reads into `buffer` from index `start` on and returns the number of bytes; 0 at the end of the file.
  func read(into buffer: inout [UInt8], from start: Int) throws(FileError) -> Int {
    guard start < buffer.count else { return 0 }
    while true {
      if filled.isEmpty {
        do throws(SystemError) { filled = 0..<(try descriptor.read(into: &input, from: 0)) } catch {
          throw .reading(path, error)
        }
        if filled.isEmpty {
          guard !isInMember else {
            throw FileError(.damaged, path, "\(path) ends in the middle of its compressed data: it was cut off.")
          }
          return 0
        }
      }
      if !isInMember {
        guard inflateReset(stream) == Z_OK else { throw damaged }
        isInMember = true
      }
      let (code, count) = inflate(into: &buffer, from: start)
      switch code {
      case Z_STREAM_END: isInMember = false
      case Z_OK, Z_BUF_ERROR: break
      default: throw damaged
      }
      if count > 0 { return count }
    }
  }

  /// The result of zlib and the number of bytes it produced.
  private func inflate(into buffer: inout [UInt8], from start: Int) -> (code: Int32, count: Int) {
    let room = min(buffer.count - start, 1 << 30)
    return input.withUnsafeMutableBufferPointer { input in
      buffer.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_in = input.baseAddress.map { $0 + filled.lowerBound }
        stream.pointee.avail_in = UInt32(filled.count)
        stream.pointee.next_out = buffer.baseAddress.map { $0 + start }
        stream.pointee.avail_out = UInt32(room)
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        filled = filled.upperBound - Int(stream.pointee.avail_in)..<filled.upperBound
        return (code, room - Int(stream.pointee.avail_out))
      }
    }
  }

  private var damaged: FileError {
    FileError(.damaged, path, "\(path) is a damaged gzip file; gzip -t describes the damage.")
  }
}
