import GPT
import Support

extension Configuration {
  /// `2 networks of 2 layers, hidden size 64, 4 heads, context 16, vocabulary 27: 205,568 parameters`
  package var summary: String {
    (members > 1 ? "\(members) networks of " : "")
      + "\(layers.of("layer")), hidden size \(embedding.grouped), \(heads.of("head")), context \(context.grouped), "
      + "vocabulary \(vocabulary.grouped): \(parameterCount.of("parameter"))"
  }
}
