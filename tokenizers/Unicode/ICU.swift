import CICU
import Tokenization

/// The library whose rules cut and normalise text.
public enum ICU {
  /// Its version, such as `72.1`.
  public static let version = String(cString: cicu_version())
}

/// Turns a code from ICU into an error that says what was being done.
func check(_ error: Int32, doing task: String) throws(TokenizerError) {
  guard error == 0 else {
    throw .unusableText("\(task) failed in ICU \(ICU.version): \(String(cString: cicu_error_name(error)))")
  }
}
