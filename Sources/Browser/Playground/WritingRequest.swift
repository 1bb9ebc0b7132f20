import Inference
import Tokenization

/// What the page asks of a model when a person writes with it.
struct WritingRequest {
  /// The text so far; `nil` if `tokens` are given.
  var text: String?
  var tokens: [TokenID] = []
  var options = SamplingOptions()
  /// The number of texts to generate, or of likely tokens to show.
  var count = 1

  /// The bytes before the text or the tokens.
  private static let headLength = 40

  /// Reads a request as the worker writes it, little-endian: the temperature and the top-p as 64-bit floats, the latter
  /// NaN for none; the seed in 64 bits; the top-k, the most tokens, the count and a 1 for text in 32 bits, the first
  /// two negative for none; then the text in UTF-8, or tokens of 32 bits.
  ///
  /// - Returns: `nil` if there are fewer bytes.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.headLength else { return nil }
    func number(_ offset: Int) -> Int? {
      let number = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
      return number < 0 ? nil : Int(number)
    }
    options.temperature = bytes.loadUnaligned(fromByteOffset: 0, as: Double.self)
    let topP = bytes.loadUnaligned(fromByteOffset: 8, as: Double.self)
    options.topP = topP.isNaN ? nil : topP
    options.seed = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    options.topK = number(24)
    options.maxTokens = number(28)
    count = number(32) ?? 1
    let rest = Self.headLength..<bytes.count
    if number(36) == 1 {
      text = String(decoding: bytes[rest], as: UTF8.self)
    } else {
      for start in stride(from: rest.lowerBound, to: rest.upperBound - 3, by: 4) {
        tokens.append(bytes.loadUnaligned(fromByteOffset: start, as: TokenID.self))
      }
    }
  }
}
