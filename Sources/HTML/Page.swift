import StrictJSON
import Support

/// A self-contained HTML file, whose security policy allows no loading and no other scripts and styles than its own.
///
/// Untrusted data, such as the vocabulary of a downloaded model, is in the page as JSON, which browsers do not execute.
/// The policy names the scripts and styles by their SHA-256.
package struct Page {
  /// The HTML around the parts, with the placeholders `{{title}}`, `{{policy}}`, `{{style}}`, `{{script}}`, `{{data}}`
  /// and those of `parts`.
  var template: [UInt8]
  var title: String
  var styles: [[UInt8]]
  var scripts: [[UInt8]]
  var data: JSON
  /// Further parts as HTML, by the names of their placeholders.
  var parts: [String: [UInt8]]
  /// True if the page runs a WebAssembly module in a worker.
  var runsModule: Bool

  package init(
    template: [UInt8], title: String, styles: [[UInt8]], scripts: [[UInt8]] = [], data: JSON = nil,
    parts: [String: [UInt8]] = [:], runsModule: Bool = false
  ) {
    self.template = template
    self.title = title
    self.styles = styles
    self.scripts = scripts
    self.data = data
    self.parts = parts
    self.runsModule = runsModule
  }

  /// The contents of the file.
  package var html: [UInt8] {
    let style = joined(styles.map(compact))
    let script = joined(scripts.map(compact))
    let policy = """
      default-src 'none'; script-src '\(digest(script))'\(runsModule ? " 'wasm-unsafe-eval'; worker-src blob:" : ""); \
      style-src '\(digest(style))'; img-src data:; base-uri 'none'; form-action 'none'
      """
    return filled(
      compact(template),
      [
        "title": Array(htmlEscaped(title).utf8), "policy": Array(policy.utf8), "style": style, "script": script,
        "data": data.bytes(safeInHTML: true),
      ].merging(parts) { _, part in part })
  }

  private func joined(_ parts: [[UInt8]]) -> [UInt8] {
    // The browser hashes everything between the tags, line feeds included.
    Array("\n".utf8) + parts.joined(separator: "\n".utf8)
  }

  private func digest(_ bytes: [UInt8]) -> String {
    "sha256-" + String(decoding: base64(SHA256.digest(of: bytes)), as: UTF8.self)
  }
}

/// Returns a part of a page without the lines that are comments of a script and without indentation, which make the
/// page larger for everybody who opens it.
package func compact(_ part: [UInt8]) -> [UInt8] {
  let lines = part.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let code = lines.map { $0.drop { $0 == UInt8(ascii: " ") } }.filter { !$0.starts(with: "//".utf8) }
  return Array(code.joined(separator: CollectionOfOne(UInt8(ascii: "\n"))))
}

/// Returns `template` with each placeholder `{{name}}` replaced by the part of that name.
func filled(_ template: [UInt8], _ parts: [String: [UInt8]]) -> [UInt8] {
  var result: [UInt8] = []
  var rest = template[...]
  while let start = rest.firstRange(of: "{{".utf8), let end = rest[start.upperBound...].firstRange(of: "}}".utf8) {
    let name = String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)
    guard let part = parts[name] else { preconditionFailure("the page has no part named \(name)") }
    result += rest[..<start.lowerBound]
    result += part
    rest = rest[end.upperBound...]
  }
  return result + rest
}

/// Returns `text` escaped for an element or a quoted attribute of HTML.
package func htmlEscaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The style sheet that all pages start with.
package var sharedStyleSheet: [UInt8] { PackageResources.paper_css }
