import StrictJSON

/// One HTML file with everything inside: it loads nothing, and its security policy lets nothing else run.
///
/// Whatever the data holds (a vocabulary from a stranger's model), it stands in the page as JSON that no browser executes, and the
/// policy allows the scripts and styles of this version alone, by their SHA-256.
package struct Page {
  /// The page around its parts, which stand in it as `{{title}}`, `{{policy}}`, `{{style}}`, `{{script}}`, `{{data}}` and by the names
  /// of `parts`.
  var template: [UInt8]
  var title: String
  var styles: [[UInt8]]
  var scripts: [[UInt8]]
  var data: JSON
  /// Other parts, in HTML.
  var parts: [String: [UInt8]]

  package init(
    template: [UInt8], title: String, styles: [[UInt8]], scripts: [[UInt8]] = [], data: JSON = nil,
    parts: [String: [UInt8]] = [:]
  ) {
    self.template = template
    self.title = title
    self.styles = styles
    self.scripts = scripts
    self.data = data
    self.parts = parts
  }

  package var html: [UInt8] {
    let style = joined(styles)
    let script = joined(scripts)
    let policy = """
      default-src 'none'; script-src '\(digest(script))'; style-src '\(digest(style))'; img-src data:; base-uri 'none'; \
      form-action 'none'
      """
    return filled(
      template,
      [
        "title": htmlEscapedBytes(title), "policy": Array(policy.utf8), "style": style, "script": script,
        "data": data.bytes(safeInHTML: true),
      ].merging(parts) { _, part in part })
  }

  private func joined(_ parts: [[UInt8]]) -> [UInt8] {
    // The browser hashes what stands between the tags, these line feeds included.
    Array("\n".utf8) + parts.joined(separator: "\n".utf8)
  }

  private func digest(_ bytes: [UInt8]) -> String {
    "sha256-" + String(decoding: base64(SHA256.digest(of: bytes)), as: UTF8.self)
  }
}

/// `template` with each `{{name}}` replaced by the part of that name.
func filled(_ template: [UInt8], _ parts: [String: [UInt8]]) -> [UInt8] {
  var result: [UInt8] = []
  var rest = template[...]
  while let start = rest.firstRange(of: "{{".utf8), let end = rest[start.upperBound...].firstRange(of: "}}".utf8) {
    let name = String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)
    guard let part = parts[name] else { preconditionFailure("a page has no part called \(name)") }
    result += rest[..<start.lowerBound]
    result += part
    rest = rest[end.upperBound...]
  }
  return result + rest
}

/// `text` as HTML shows it, in an element or between the quotes of an attribute.
package func htmlEscapedBytes(_ text: String) -> [UInt8] {
  var result: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "&"): result += "&amp;".utf8
    case UInt8(ascii: "<"): result += "&lt;".utf8
    case UInt8(ascii: ">"): result += "&gt;".utf8
    case UInt8(ascii: "\""): result += "&quot;".utf8
    default: result.append(byte)
    }
  }
  return result
}

/// The same among other words in HTML.
package func htmlEscaped(_ text: String) -> String { String(decoding: htmlEscapedBytes(text), as: UTF8.self) }

/// The style sheet that every page begins with.
package var sharedStyleSheet: [UInt8] { PackageResources.paper_css }
