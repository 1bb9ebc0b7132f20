import Export
import Foundation
import ModelFiles
import SwiftletKit
import TestSupport

/// A page in its own tab, with the errors that occurred in it.
final class OpenPage {
  private let browser: Chromium
  private let folder: TemporaryFolder
  private let session: String
  private let target: String
  private var isLoaded = false
  /// Errors and warnings in the console, including those of the security policy.
  private(set) var complaints: [String] = []
  /// The addresses that the page loaded besides its own.
  private(set) var requests: [String] = []

  /// Opens `html` from a file, as a user does.
  init(_ html: [UInt8], width: Int = 1200, height: Int = 900, isDark: Bool = false) throws {
    browser = try Chromium.shared.get()
    folder = try TemporaryFolder()
    try folder.write("page.html", html)
    let address = folder.url.appending(path: "page.html").absoluteString
    target = try browser.call("Target.createTarget", ["url": "about:blank"]) { _ in }["targetId"] as? String ?? ""
    session =
      try browser.call("Target.attachToTarget", ["targetId": target, "flatten": true]) { _ in }["sessionId"] as? String
      ?? ""
    for domain in ["Page", "Runtime", "Network", "Log"] { try call("\(domain).enable") }
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
    try call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
    // Only the front page is painted.
    try call("Page.bringToFront")
    try call("Page.navigate", ["url": address])
    while !isLoaded { note(try browser.nextMessage()) }
    requests.removeAll { $0 == address }
    // The work that the page defers until it is loaded.
    _ = try value(of: "new Promise(done => setTimeout(done, 50))")
  }

  /// Opens the page of a model and waits until its parts are filled. Adds a function that scores a text.
  convenience init(
    playgroundOf model: Model, title: String, precision: Precision? = nil, width: Int = 1200, isDark: Bool = false
  ) throws {
    try self.init(
      Playground(of: model, title: title, precision: precision).html, width: width, isDark: isDark)
    _ = try value(
      of: """
        globalThis.surprisals = async text => {
          const options = { temperature: 1, topK: null, topP: null, count: 1 };
          const { tokens } = await (await started).engine.do("read", { text, ...options });
          return tokens.map(({ nats }) => nats);
        };
        started.then(() => true)
        """)
  }

  /// True if nothing was loaded but the script of the worker, which is in the page.
  var loadsNothing: Bool { requests.allSatisfy { $0.hasPrefix("blob:") } }

  deinit { _ = try? browser.call("Target.closeTarget", ["targetId": target]) { _ in } }

  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try browser.call(method, parameters, in: session, observe: note)
  }

  /// Evaluates a JavaScript expression in the page.
  func value(of expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let failure = answer["exceptionDetails"] { throw BrowserFailure("\(expression): \(failure)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Calls a JavaScript function in the page, with arguments that JSON can represent.
  @discardableResult
  func apply<Result>(_ function: String, _ arguments: Any..., as type: Result.Type = Result.self) throws -> Result {
    let json = String(decoding: try JSONSerialization.data(withJSONObject: arguments), as: UTF8.self)
    guard let result = try value(of: "(\(function))(...\(json))") as? Result else {
      throw BrowserFailure("\(function) did not return \(Result.self)")
    }
    return result
  }

  /// Returns true if a complaint that contains `words` appears within ten seconds.
  func complains(of words: String) throws -> Bool {
    for _ in 0..<100 where !complaints.contains(where: { $0.contains(words) }) {
      _ = try value(of: "new Promise(done => setTimeout(done, 100))")
    }
    return complaints.contains { $0.contains(words) }
  }

  private func note(_ event: [String: Any]) {
    guard event["sessionId"] as? String == session, let parameters = event["params"] as? [String: Any] else { return }
    switch event["method"] as? String {
    case "Page.loadEventFired": isLoaded = true
    case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening":
      complaints.append("\(parameters)")
    case "Network.requestWillBeSent":
      let address = (parameters["request"] as? [String: Any])?["url"] as? String ?? "?"
      // The address of the icon contains the icon.
      if !address.hasPrefix("data:") { requests.append(address) }
    default: break
    }
  }
}
