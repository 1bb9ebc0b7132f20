/// Why a text could not be encoded or a tokenizer not be built, as a sentence that says where and what to do.
public enum TokenizerError: Error, Equatable {
  /// `piece`, at `offset` UTF-8 bytes into `text`, is not in the vocabulary.
  case unknownPiece(piece: String, offset: Int, text: String)

  /// A setting has a value that cannot be used.
  case badSetting(name: String, value: String, remedy: String)

  /// A description that this version cannot read.
  case badDescription(String)

  /// Training left no tokens.
  case emptyVocabulary(remedy: String)
}
