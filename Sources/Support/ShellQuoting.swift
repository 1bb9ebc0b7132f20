extension String {
  /// The text as one word of a POSIX shell: unchanged where that is safe, otherwise between single quotes.
  ///
  ///     "it's".quotedForShell  // 'it'\''s'
  package var quotedForShell: String {
    let isPlain = !isEmpty && first != "=" && utf8.allSatisfy(Self.plainBytes.contains)
    return isPlain ? self : quoted { $0 == "'" ? "'\\''" : nil }
  }

  /// The path as one word of a POSIX shell that no command takes for an option: `./-names.txt` for `-names.txt`.
  package var pathQuotedForShell: String { (hasPrefix("-") ? "./" + self : self).quotedForShell }

  /// The text as one word of the shell fish, where a backslash escapes between single quotes too.
  package var quotedForFish: String { quoted { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil } }

  /// Works on scalars: a quote with an accent upon it is one `Character`, and still ends a word.
  private func quoted(_ escape: (Unicode.Scalar) -> String?) -> String {
    var result = "'"
    for scalar in unicodeScalars {
      if let escaped = escape(scalar) { result += escaped } else { result.unicodeScalars.append(scalar) }
    }
    return result + "'"
  }

  /// The bytes that mean nothing to a shell.
  private static let plainBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-./:=@_".utf8)
}
