/// The request of a caller to end a long computation early.
///
/// A loop that takes long asks `isRequested` now and then, and ends early if it is true. The result is then incomplete,
/// and whoever asked for it discards it.
package enum Cancellation {
  /// True if the computation on this thread is to end early.
  package static var isRequested: Bool { request?() ?? false }

  /// Throws an error instead of an incomplete result.
  package static func check() throws {
    if isRequested { throw Cancelled() }
  }

  /// Calls `body`, and `request` on the same thread each time that a loop asks.
  package static func when<Result>(
    _ request: @escaping @Sendable () -> Bool, _ body: () throws -> Result
  ) rethrows -> Result {
    try $request.withValue(request, operation: body)
  }

  @TaskLocal private static var request: (@Sendable () -> Bool)?
}

/// The error of a computation that was ended early.
package struct Cancelled: Error {}
