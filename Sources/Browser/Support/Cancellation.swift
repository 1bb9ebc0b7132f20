/// Nothing cancels a computation in a page: it runs in a worker, which is terminated.
package enum Cancellation {
  package static var isRequested: Bool { false }
}
