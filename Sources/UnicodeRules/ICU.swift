import CICU
import Tokenization

/// The library whose rules cut and normalise text.
package enum ICU {
  /// Its version, such as `72.1`.
  package static let version = String(cString: cicu_version())

  /// Whether a locale's language and region exist; ICU silently uses general rules for those that do not.
  package static func knows(locale: String) -> Bool { cicu_knows_locale(locale) }
}

/// Turns a code from ICU into an error that says what was being done.
func check(_ error: Int32, doing task: String) throws(TokenizerError) {
  guard error == 0 else {
    throw .unusableText("\(task) failed in ICU \(ICU.version): \(String(cString: cicu_error_name(error)))")
  }
}

/// What `write` writes into a buffer and returns the length of, tried again with room enough when there was too little.
/// `nil` when the length is negative.
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
