import Files
import Inference
import ModelFiles
import PageModel
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

/// Reads the model that a page has inside.
@_cdecl("page_unwrap")
func unwrap(
  _ json: UnsafePointer<UInt8>, _ count: Int, _ file: UnsafePointer<UInt8>, _ fileCount: Int,
  _ known: UnsafePointer<UInt8>, _ knownCount: Int
) -> Int32 {
  answer { () throws(PageError) in
    try use(
      try TrainedModel(page: try object(json, count), file: bytes(file, fileCount), known: bytes(known, knownCount)))
  }
}

/// Reads a model file.
@_cdecl("page_open")
func open(_ file: UnsafePointer<UInt8>, _ count: Int, _ name: UnsafePointer<UInt8>, _ nameCount: Int) -> Int32 {
  answer { () throws(PageError) in
    let path = String(decoding: bytes(name, nameCount), as: UTF8.self)
    return try use(try TrainedModel(bytes(file, count), named: path))
  }
}

/// Describes the model of the run.
@_cdecl("page_describe")
func describe() -> Int32 { answer { () throws(PageError) in try model().description.bytes() } }

/// Reads a text with the options of a `WritingRequest` as JSON.
@_cdecl("page_read")
func read(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().read(try request(options, count)).bytes() }
}

/// The attention of the text that was read last: its `AttentionLog.weights` one after the other.
@_cdecl("page_attention")
func attention() -> Int32 {
  answer { () throws(PageError) in floats((try model().attention?.weights ?? []).flatMap { $0 }) }
}

/// Continues a text with the options of a `WritingRequest` as JSON.
@_cdecl("page_extend")
func extend(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().extend(try request(options, count)).bytes() }
}

/// Generates texts with the options of a `WritingRequest` as JSON.
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

/// The bytes of the model file.
@_cdecl("page_save")
func save() -> Int32 { answer { () throws(PageError) in try model().save() } }

/// The elements that a page with the model has inside, as HTML.
@_cdecl("page_wrap")
func wrap(_ title: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in
    try model().elements(titled: String(decoding: bytes(title, count), as: UTF8.self))
  }
}

private func use(_ model: TrainedModel) throws(PageError) -> [UInt8] {
  setModel(nil)
  state.model = model
  return model.description.bytes()
}

/// The model that was opened, or that of the run.
private func model() throws(PageError) -> TrainedModel {
  if let model = state.model { return model }
  guard let model = state.trained?() else { throw PageError("There is no model yet: train one, or open a model file.") }
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

package func object(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PageError) -> JSON.Object {
  let bytes = bytes(start, count)
  do throws(JSONError) {
    guard let object = try JSON(parsing: bytes.span).object else { throw JSONError("it must be an object") }
    return object
  } catch {
    throw PageError(error)
  }
}

private func request(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PageError) -> WritingRequest {
  let values = try object(start, count)
  do throws(JSONError) { return try WritingRequest(values) } catch { throw PageError(error) }
}
