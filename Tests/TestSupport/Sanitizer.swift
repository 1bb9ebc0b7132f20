import Foundation

/// Is `true` if a sanitizer observes these tests and the tools that they start. It maps terabytes of addresses, which
/// then cannot be limited, and slows down every memory access.
package let isSanitized = ProcessInfo.processInfo.environment["SWIFTLET_SANITIZED"] == "1"
