import Export
import Foundation
import Report
import Testing

extension BrowserTests {
  /// A user without a mouse or with low vision could not use the page.
  struct AccessibilityTests {
    private func open(width: Int = 1200, isDark: Bool = false) throws -> OpenPage {
      let trained = TrainedModel.all[0]
      return try OpenPage(playgroundOf: trained.model, title: trained.name, width: width, isDark: isDark)
    }

    @Test func `every control has an accessible name`() throws {
      let page = try open()
      // The browser builds the accessibility tree after painting.
      _ = try page.value(of: "new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))")
      let tree = try page.call("Accessibility.getFullAXTree")["nodes"] as? [[String: Any]] ?? []
      let usable: Set = ["button", "textbox", "slider", "radio", "link", "image", "img"]
      var found: Set<String> = []
      for node in tree where node["ignored"] as? Bool == false {
        let role = (node["role"] as? [String: Any])?["value"] as? String ?? ""
        guard usable.contains(role) else { continue }
        found.insert(role)
        let name = (node["name"] as? [String: Any])?["value"] as? String ?? ""
        #expect(!name.isEmpty, "a \(role) has no name")
      }
      #expect(found.isSuperset(of: ["button", "textbox", "slider", "radio"]))
    }

    @Test func `every control works with the keyboard`() throws {
      let page = try open()
      func press(_ key: String, _ code: Int, text: String? = nil) throws {
        var event: [String: Any] = ["type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code]
        event["text"] = text
        try page.call("Input.dispatchKeyEvent", event)
        event["type"] = "keyUp"
        try page.call("Input.dispatchKeyEvent", event)
      }
      var visited: [String] = []
      for _ in 0..<40 {
        try press("Tab", 9)
        visited.append(
          try page.apply("() => document.activeElement.id || document.activeElement.closest('[id]')?.id || ''"))
      }
      for id in [
        "text", "next", "temperature", "top-k", "top-p", "add", "finish", "clear", "generate", "seed", "heat-map",
        "heads",
      ] {
        #expect(visited.contains(id), "\(id) never gets the focus")
      }
      // The return key selects a next token.
      try page.apply("() => { document.querySelector('#next button').focus(); return true }", as: Bool.self)
      try press("Enter", 13, text: "\r")
      let count: Int = try page.apply(
        """
        async () => {
          const { composer } = (await started).playground;
          while (composer.tokens.length === 0) await new Promise(done => setTimeout(done, 10));
          return composer.tokens.length;
        }
        """)
      #expect(count == 1)
    }

    /// WCAG requires a contrast of 4.5 to 1.
    @Test(arguments: [false, true])
    func `text has enough contrast with its background`(isDark: Bool) throws {
      let page = try open(isDark: isDark)
      let contrasts: [String: Double] = try page.apply(
        """
        () => {
          const style = getComputedStyle(document.documentElement);
          const luminance = name => {
            const digits = style.getPropertyValue(name).trim().slice(1);
            const full = digits.length === 3 ? [...digits].map(digit => digit + digit).join("") : digits;
            const [r, g, b] = full.match(/../g).map(pair => parseInt(pair, 16) / 255)
              .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const pairs = ["ink paper", "ink surface", "ink heat", "quiet paper", "quiet surface",
            "accent paper", "accent surface", "on-accent accent"];
          return Object.fromEntries(pairs.map(pair => {
            const [one, other] = pair.split(" ").map(name => luminance("--" + name) + 0.05);
            return [pair, Math.max(one, other) / Math.min(one, other)];
          }));
        }
        """)
      for (pair, contrast) in contrasts { #expect(contrast >= 4.5, "\(pair): \(contrast)") }
      #expect(contrasts.count == 8)
    }

    @Test(arguments: [360, 768, 1400])
    func `nothing is wider than the window`(width: Int) throws {
      let page = try open(width: width)
      #expect(try page.apply("() => document.documentElement.scrollWidth", as: Int.self) <= width)
    }
  }
}
