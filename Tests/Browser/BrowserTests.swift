import Testing

/// What people see of a page, seen in a real browser. One test after the other, since there is one browser.
@Suite(.serialized, .enabled(if: Chromium.program != nil, "make test-browser runs these"))
enum BrowserTests {}
