import CICU
import Tokenization

/// The system's ICU library, whose rules find words and normalize text.
package enum ICU {
  /// The version of ICU, such as `72.1`.
  package static let version = String(cString: cicu_version())

  /// Returns true if the language and the region of `locale` exist. ICU silently uses general rules for others.
  package static func knows(locale: String) -> Bool { cicu_knows_locale(locale) }
}

/// Throws an error that names the failed task if `error` is an error code of ICU.
func check(_ error: Int32, doing task: String) throws(TokenizerError) {
  guard error == 0 else {
    throw .unusableText("\(task) failed in ICU \(ICU.version): \(String(cString: cicu_error_name(error)))")
  }
}

/// Returns the bytes that `write` writes into a buffer. It is called again with a larger buffer if the length that it
/// returns exceeds the capacity; a negative length gives `nil`.
///
/// The buffer is a pointer because ICU writes into it.
func filled(
  atLeast capacity: Int, doing task: String,
  by write: (_ output: UnsafeMutablePointer<UInt8>?, _ capacity: Int32, _ error: inout Int32) -> Int32
) throws(TokenizerError) -> [UInt8]? {
  var capacity = capacity
  while true {
    var length = 0
    var error: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      length = Int(write(buffer.baseAddress, Int32(capacity), &error))
      count = error == 0 ? max(0, min(length, capacity)) : 0
    }
    try check(error, doing: task)
    if length < 0 { return nil }
    if length <= capacity { return bytes }
    capacity = length
  }
}
