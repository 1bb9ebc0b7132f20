import GPT
import NGrams
import StrictJSON
import Tokenization

/// The tensors of an n-gram memory, which are the arrays of `NGramMemory.Tables`.
///
/// Tokens and numbers of followers are U8, U16 or I32, as small as the vocabulary allows.
enum MemoryTensors: String, CaseIterable {
  case tokens = "memory.tokens"
  case followerCounts = "memory.follower_counts"
  case shares = "memory.shares"
  case backoffs = "memory.backoffs"

  static func contains(_ name: String) -> Bool { MemoryTensors(rawValue: name) != nil }

  // MARK: Writing

  static func tensors(of memory: NGramMemory) -> [Tensor] {
    let tables = memory.tables
    func narrow(_ part: MemoryTensors, _ numbers: [Int32]) -> Tensor {
      let values: Tensor.Values =
        switch width(memory.vocabulary) {
        case .u8: .bytes(numbers.map(UInt8.init(truncatingIfNeeded:)))
        case .u16: .shorts(numbers.map(UInt16.init(truncatingIfNeeded:)))
        default: .words(numbers)
        }
      return Tensor(name: part.rawValue, values)
    }
    return [
      narrow(.tokens, tables.tokens), narrow(.followerCounts, tables.followerCounts.map(Int32.init(bitPattern:))),
      Tensor(name: shares.rawValue, .bytes(tables.shares)), Tensor(name: backoffs.rawValue, .bytes(tables.backoffs)),
    ]
  }

  /// The type of tokens and of numbers of followers, of which there are as many as tokens.
  private static func width(_ vocabulary: Int) -> ElementType {
    vocabulary < 1 << 8 ? .u8 : vocabulary < 1 << 16 ? .u16 : .i32
  }

  // MARK: Reading

  /// A memory before its tensors are read.
  struct Plan {
    private let vocabulary: Int
    private let mixture: Mixture
    private let fingerprint: String
    private let tokens: TensorEntry
    private let followerCounts: TensorEntry
    private let shares: TensorEntry
    private let backoffs: TensorEntry

    /// Returns `nil` if the file has no memory.
    init?(of file: SafetensorsFile, vocabulary: Int) throws(ModelProblem) {
      let key = ModelFile.Key.memory
      guard file.metadata[key.rawValue] != nil || file.tensors.contains(where: { contains($0.name) }) else {
        return nil
      }
      let object = try ModelFile.json(key, of: file.metadata)
      do throws(JSONError) {
        try object.refuseMembers(otherThan: ["share", "sharpness", "fingerprint"])
        fingerprint = try object.string("fingerprint")
        mixture = Mixture(share: try object.double("share"), sharpness: try object.double("sharpness"))
        guard mixture.share > 0 && mixture.share < 1 else {
          throw JSONError("\"share\" is \(mixture.share); it must be above 0 and below 1")
        }
        guard mixture.sharpness > 0 && mixture.sharpness <= 16 else {
          throw JSONError("\"sharpness\" is \(mixture.sharpness); it must be above 0 and at most 16")
        }
      } catch {
        throw ModelProblem("its \(key.rawValue): \(error)")
      }
      self.vocabulary = vocabulary
      tokens = try entry(.tokens, in: file, width(vocabulary))
      followerCounts = try entry(.followerCounts, in: file, width(vocabulary))
      shares = try entry(.shares, in: file, .u8)
      backoffs = try entry(.backoffs, in: file, .u8)
    }

    /// Reads the tensors.
    func tables(in file: SafetensorsFile) throws(ReadingError) -> NGramMemory.Tables {
      var tables = NGramMemory.Tables()
      tables.tokens = try numbers(tokens, in: file)
      tables.followerCounts = try numbers(followerCounts, in: file).map { UInt32(bitPattern: $0) }
      tables.shares = try file.bytes(of: shares)
      tables.backoffs = try file.bytes(of: backoffs)
      return tables
    }

    private func numbers(_ entry: TensorEntry, in file: SafetensorsFile) throws(ReadingError) -> [Int32] {
      switch entry.type {
      case .u8: try file.bytes(of: entry).map { Int32($0) }
      case .u16: try file.shorts(of: entry).map { Int32($0) }
      default: try file.words(of: entry)
      }
    }

    /// Returns the memory of these tables.
    func mixed(_ tables: NGramMemory.Tables) throws(ModelProblem) -> MixedMemory {
      guard tables.fingerprint == fingerprint else {
        throw ModelProblem("its n-gram memory is damaged: its tensors are not those that were written.")
      }
      guard let memory = NGramMemory(tables, vocabulary: vocabulary) else {
        throw ModelProblem("its n-gram memory is damaged: its tensors do not make a tree of n-grams.")
      }
      return MixedMemory(memory, mixture)
    }
  }

  private static func entry(
    _ part: MemoryTensors, in file: SafetensorsFile, _ type: ElementType
  ) throws(ModelProblem) -> TensorEntry {
    guard let entry = file.tensors.first(where: { $0.name == part.rawValue }) else {
      throw ModelProblem("its tensor \(part.rawValue) is missing.")
    }
    guard entry.type == type, entry.shape.count == 1 else {
      throw ModelProblem(
        "its tensor \(part.rawValue) is \(entry.type.rawValue) shaped \(entry.shape), and must be a list of "
          + "\(type.rawValue).")
    }
    return entry
  }
}

extension MixedMemory {
  /// The metadata of a memory.
  var json: JSON {
    [
      "share": .real(mixture.share), "sharpness": .real(mixture.sharpness),
      "fingerprint": .string(memory.tables.fingerprint),
    ]
  }
}
