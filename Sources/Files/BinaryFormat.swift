/// A well-known format of files that are not plain text, recognized by its first bytes.
package struct BinaryFormat: Sendable, Equatable {
  /// The kind of file, with its article: `a PDF document`.
  package let name: String
  /// How to make plain text of it, as a sentence without its period.
  package let remedy: String

  /// The number of bytes from the start of a file that tell its format.
  package static let headLength = 1024

  /// Recognizes the format of a file by its first `headLength` bytes.
  ///
  /// Returns `nil` for plain text, also where it begins with the letters of a format, and for an unknown format.
  package init?(head: [UInt8]) {
    guard !Self.isText(head), let known = Self.known.first(where: { $0.matches(head) }) else { return nil }
    self = known.format
  }

  /// True if the bytes are UTF-8 without control characters other than white space and escapes; a character that is cut
  /// off at the end counts as text.
  package static func isText(_ head: [UInt8]) -> Bool {
    guard head.allSatisfy({ $0 >= 0x20 || 0x07...0x0D ~= $0 || $0 == 0x1B }) else { return false }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: head.span)
      return true
    } catch {
      return error.kind == .truncatedScalar && error.byteOffsets.upperBound == head.count
    }
  }

  /// The length limit of a safetensors header, which is that of the reference implementation.
  package static let longestSafetensorsHeader = 100_000_000

  /// The length of a safetensors file's header, from the file's first bytes; `nil` for another file.
  package static func safetensorsHeaderLength(_ head: [UInt8]) -> Int? {
    let length = head.prefix(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard head.count > 8 && head[8] == UInt8(ascii: "{") && length <= longestSafetensorsHeader else { return nil }
    return Int(length)
  }

  private init(_ name: String, _ remedy: String) {
    self.name = name
    self.remedy = remedy
  }

  /// The first bytes of a format, from `offset` on.
  private struct Signature {
    let bytes: [UInt8]
    let offset: Int
    let format: BinaryFormat

    init(_ bytes: [UInt8], at offset: Int = 0, _ name: String, _ remedy: String) {
      self.bytes = bytes
      self.offset = offset
      format = BinaryFormat(name, remedy)
    }

    init(_ text: String, at offset: Int = 0, _ name: String, _ remedy: String) {
      self.init(Array(text.utf8), at: offset, name, remedy)
    }

    func matches(_ head: [UInt8]) -> Bool { head.dropFirst(offset).starts(with: bytes) }
  }

  private static let known: [Signature] = [
    Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file", "Decompress it with xz -dk"),
    Signature("BZh", "a bzip2 file", "Decompress it with bzip2 -dk"),
    Signature([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file", "Decompress it with zstd -dk"),
    Signature([0x1F, 0x8B, 0x08], "a gzip file", "Decompress it with gzip -dk"),
    Signature(
      [0x50, 0x4B, 0x03, 0x04], "a ZIP archive, as .docx, .xlsx, .odt, .epub and .pt files are too",
      "Extract it with unzip, or save the document as plain text"),
    Signature([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive", "Extract it with 7z x"),
    Signature("Rar!", "a RAR archive", "Extract it first"),
    Signature("ustar", at: 257, "a tar archive", "Extract it with tar -xf"),
    Signature("%PDF-", "a PDF document", "Extract its text with pdftotext"),
    Signature([0xD0, 0xCF, 0x11, 0xE0], "an old office document (.doc, .xls, .ppt)", "Save it as plain text"),
    Signature([0x7F, 0x45, 0x4C, 0x46], "a program", noText),
    Signature("MZ", "a program", noText),
    Signature([0xCF, 0xFA, 0xED, 0xFE], "a program", noText),
    Signature([0xCA, 0xFE, 0xBA, 0xBE], "a program", noText),
    Signature([0x00, 0x61, 0x73, 0x6D], "a program", noText),
    Signature([0x89, 0x50, 0x4E, 0x47], "an image", noText),
    Signature([0xFF, 0xD8, 0xFF], "an image", noText),
    Signature("GIF8", "an image", noText),
    Signature("RIFF", "an image, a sound or a film", noText),
    Signature("OggS", "a sound or a film", noText),
    Signature("ID3", "a sound", noText),
    Signature("ftyp", at: 4, "a film or an image", noText),
    Signature("SQLite format 3\0", "an SQLite database", "Export a table as CSV or JSON Lines"),
    Signature("PAR1", "a Parquet file", "Export its text column as CSV or JSON Lines"),
    Signature([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", noText),
    Signature("GGUF", "a GGUF model", noText),
  ]

  private static let noText = "It has no text to learn"
}
