/// The rule by which gradients change the weights.
public enum Optimizer: String, Sendable, CaseIterable {
  /// Adam for every weight, as in microgpt.
  case adam
  /// Muon for the matrices of the layers, whose updates it makes orthogonal, and Adam for all other weights.
  case muon
}

extension TensorShape {
  /// True for the matrices of the clusters of an adaptive softmax.
  package var isOfCluster: Bool { name.hasPrefix("lm_tail") }

  /// True for the matrices of the layers, which Muon updates.
  package var isOfLayer: Bool { name.hasPrefix("layer") }

  /// The factor of an orthogonal update: √(outputs / inputs) where there are more outputs, else 1.
  package var muonScale: Double { max(1, Double(rows) / Double(columns)).squareRoot() }
}
