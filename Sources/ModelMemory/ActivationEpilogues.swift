import GPT
import Kernels

extension Activation {
  /// What becomes of the products that make the hidden layer, and of those that make its gradient, given what that became.
  package var forward: Epilogue {
    switch self {
    case .relu: .rectify
    case .squaredRelu: .rectifyAndSquare
    }
  }

  package func backward(_ hidden: Matrix) -> Epilogue {
    switch self {
    case .relu: .gate(hidden)
    case .squaredRelu: .gateBySquare(hidden)
    }
  }
}
