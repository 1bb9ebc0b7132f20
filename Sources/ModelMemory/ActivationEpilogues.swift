import GPT
import Kernels

extension Activation {
  /// The epilogue of the product that computes the hidden layer.
  package var forward: Epilogue {
    switch self {
    case .relu: .rectify
    case .squaredRelu: .rectifyAndSquare
    }
  }

  /// The epilogue of the product that computes the gradient of the hidden layer, given the hidden layer.
  package func backward(_ hidden: Matrix) -> Epilogue {
    switch self {
    case .relu: .gate(hidden)
    case .squaredRelu: .gateBySquare(hidden)
    }
  }
}
