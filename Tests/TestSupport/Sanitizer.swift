import Foundation

/// Whether a sanitizer watches these tests and the tools that they start: it maps terabytes of addresses, so that these
/// cannot be limited, and makes every access slower.
package let isSanitized = ProcessInfo.processInfo.environment["SWIFTLET_SANITIZED"] == "1"
