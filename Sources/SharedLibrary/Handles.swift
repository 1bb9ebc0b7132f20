import Commands
import Synchronization

/// An object that C holds by its address, from the call that made it to the call that frees it.
protocol Handle: AnyObject {
  /// The name of an argument with such a handle, for error sentences.
  static var name: String { get }
}

extension Handle {
  /// The address of the object, which C owns from now on.
  var address: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  /// Returns the object at an address.
  static func at(_ address: OpaquePointer?) throws(Failure) -> Self {
    guard let address else { throw Failure(.usage, "\(name) is NULL.") }
    return Unmanaged<Self>.fromOpaque(UnsafeRawPointer(address)).takeUnretainedValue()
  }

  /// Gives up the object at an address.
  static func free(_ address: OpaquePointer?) {
    if let address { Unmanaged<Self>.fromOpaque(UnsafeRawPointer(address)).release() }
  }
}

/// Texts that a program adds to train on them.
final class TextsHandle: Handle {
  static let name = "texts"
  private var builder = CorpusBuilder()

  func append(_ texts: TextBuffer) throws {
    try texts.forEachText { text throws in try builder.append(text) }
  }

  /// Moves the texts out of the handle.
  func take() -> CorpusBuilder {
    defer { builder = CorpusBuilder() }
    return builder
  }
}

/// A text that is generated piece by piece.
final class StreamHandle: Handle {
  static let name = "stream"
  let stream: LibraryStream

  init(_ stream: LibraryStream) { self.stream = stream }
}

/// A model, and its weights at addresses that do not change.
final class ModelHandle: Handle, Sendable {
  static let name = "model"
  let model: LibraryModel
  private let matrices = Mutex<[Matrix]>([])

  init(_ model: LibraryModel) { self.model = model }

  /// The weights, copied for C when they are first asked for.
  func matrix(_ index: Int) -> Matrix? {
    matrices.withLock { matrices in
      if matrices.isEmpty { matrices = model.weights.map { Matrix($0, rows: $1, columns: $2, $3) } }
      return matrices.indices.contains(index) ? matrices[index] : nil
    }
  }

  deinit { matrices.withLock { for matrix in $0 { matrix.deallocate() } } }
}

/// A matrix in memory that C reads. It is `@unchecked Sendable` because nobody writes to it after its initialization.
struct Matrix: @unchecked Sendable {
  let name: UnsafeMutablePointer<CChar>?
  let rows: Int
  let columns: Int
  let values: UnsafeMutableBufferPointer<Float>

  init(_ name: String, rows: Int, columns: Int, _ values: [Float]) {
    self.name = copied(name)
    self.rows = rows
    self.columns = columns
    self.values = .allocate(capacity: values.count)
    _ = self.values.initialize(from: values)
  }

  func deallocate() {
    freeString(name)
    values.deallocate()
  }
}

/// Texts one after another in memory that C owns.
struct TextBuffer {
  private let bytes: UnsafePointer<UInt8>?
  private let ends: UnsafePointer<UInt64>?
  private let count: Int

  init(_ bytes: UnsafePointer<CChar>?, _ ends: UnsafePointer<UInt64>?, _ count: Int) {
    self.bytes = UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self)
    self.ends = ends
    self.count = count
  }

  func forEachText(_ body: (Span<UInt8>) throws -> Void) throws {
    if count == 0 { return }
    guard let bytes, let ends, count > 0 else { throw Failure(.usage, "bytes or ends is NULL.") }
    var start: UInt64 = 0
    for index in 0..<count {
      let end = ends[index]
      guard end >= start, end <= UInt64(Int.max) else {
        throw Failure(.usage, "ends[\(index)] is \(end), before the end of the text before it.")
      }
      let text = UnsafeBufferPointer(start: bytes + Int(start), count: Int(end - start))
      try body(text.span)
      start = end
    }
  }
}
