import Inference
import StrictJSON

// The functions that the worker calls. Each returns 1, or 0 for an error; `page_result` and `page_result_count` then
// give the bytes of the result: JSON, numbers, a model file, or the sentence of the error.

/// The state between two calls. The worker has one thread.
private struct State {
  var model: TrainedModel?
  var trained: (() -> TrainedModel)?
  var result: [UInt8] = []
}

nonisolated(unsafe) private var state = State()

/// Replaces the model by one that is made where it is needed: a run makes it of its weights.
package func setModel(_ trained: (() -> TrainedModel)?) { (state.model, state.trained) = (nil, trained) }

@_cdecl("page_allocate")
func allocate(_ count: Int) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
}

@_cdecl("page_free")
func free(_ memory: UnsafeMutableRawPointer) { memory.deallocate() }

/// The address of the result, which is valid until the next call.
@_cdecl("page_result")
func result() -> UnsafePointer<UInt8>? { state.result.withUnsafeBufferPointer { $0.baseAddress } }

@_cdecl("page_result_count")
func resultCount() -> Int { state.result.count }

/// Reads the model that a page has inside, and returns notes on it.
@_cdecl("page_unwrap")
func unwrap(_ contents: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in
    let model = try TrainedModel(page: bytes(contents, count))
    setModel { model }
    return model.notes.bytes()
  }
}

/// Reads a text as a `WritingRequest` asks.
@_cdecl("page_read")
func read(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().read(try request(options, count)).bytes() }
}

/// The attention of the text that was read last: its `AttentionLog.weights` one after the other.
@_cdecl("page_attention")
func attention() -> Int32 {
  answer { () throws(PageError) in floats((try model().attention?.weights ?? []).flatMap { $0 }) }
}

/// Continues a text as a `WritingRequest` asks.
@_cdecl("page_extend")
func extend(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().extend(try request(options, count)).bytes() }
}

/// Generates texts as a `WritingRequest` asks.
@_cdecl("page_sample")
func sample(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().samples(try request(options, count)).bytes() }
}

/// The embeddings of the first tokens.
@_cdecl("page_embeddings")
func embeddings(_ count: Int) -> Int32 { answer { () throws(PageError) in try model().embeddings(of: count) } }

/// The names of the first tokens.
@_cdecl("page_names")
func names(_ count: Int) -> Int32 { answer { () throws(PageError) in try model().names(of: count).bytes() } }

/// The model that was opened, or that of the run.
package func model() throws(PageError) -> TrainedModel {
  if let model = state.model { return model }
  guard let model = state.trained?() else { throw .noModel }
  state.model = model
  return model
}

/// Keeps the result of `body`, or the sentence of its error, for `page_result`.
package func answer(_ body: () throws(PageError) -> [UInt8]) -> Int32 {
  do throws(PageError) {
    state.result = try body()
    return 1
  } catch {
    state.result = Array(error.sentence.utf8)
    return 0
  }
}

package func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

private func request(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PageError) -> WritingRequest {
  guard let request = WritingRequest(UnsafeRawBufferPointer(start: start, count: count)) else {
    throw PageError("The request has no options.")
  }
  return request
}
