import Testing

/// Tests of the pages in a real browser. They are serialized, because they share one browser.
@Suite(.serialized, .enabled(if: Chromium.program != nil, "make test-browser runs these"))
enum BrowserTests {}
