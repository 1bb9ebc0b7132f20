extension Trainer {
  /// Trains until the run is finished, or until `shouldStop` returns true between two steps.
  ///
  /// - Parameters:
  ///   - observe: Called after each step.
  ///   - shouldStop: Called between two steps; the run stops when it returns true.
  /// - Returns: True if the run is finished.
  @discardableResult
  public func run(
    _ observe: (Step) throws -> Void = { _ in }, until shouldStop: () -> Bool = { false }
  ) throws -> Bool {
    if recipe.steps == 0 { _ = try evaluate() }
    while !isFinished {
      if shouldStop() { return false }
      try observe(try advance())
    }
    completeMemory()
    return true
  }
}
