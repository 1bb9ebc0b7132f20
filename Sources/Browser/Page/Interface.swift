import Files
import ModelFiles
import StrictJSON

// The functions that the worker calls. Each returns 1, or 0 for an error; `page_result` and `page_result_count` then
// give the bytes of the result: JSON, a model file, or the sentence of the error.

/// The state between two calls. The worker has one thread.
private struct State {
  var run: Run?
  var model: TrainedModel?
  var result: [UInt8] = []
}

nonisolated(unsafe) private var state = State()

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

/// Prepares a run on a text, with the members of `Settings` as JSON.
@_cdecl("page_prepare")
func prepare(_ text: UnsafePointer<UInt8>, _ count: Int, _ choices: UnsafePointer<UInt8>, _ choicesCount: Int) -> Int32
{
  (state.run, state.model) = (nil, nil)
  return answer { () throws(PageError) in
    let settings: Settings
    do throws(JSONError) { settings = try Settings(try object(choices, choicesCount)) } catch {
      throw PageError(error)
    }
    let run = try Run(bytes(text, count), settings)
    state.run = run
    return run.description.bytes()
  }
}

/// Trains for about so many milliseconds.
@_cdecl("page_train")
func train(_ milliseconds: Double) -> Int32 {
  answer { () throws(PageError) in
    guard let run = state.run else { throw PageError("There is no run to continue.") }
    let progress = try run.train(for: milliseconds)
    state.model = nil
    return progress.bytes()
  }
}

/// Generates texts with the options `prompt`, `count`, `temperature` and `seed` as JSON.
@_cdecl("page_sample")
func sample(_ options: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in
    let values: JSON.Object
    do throws(JSONError) { values = try object(options, count) } catch { throw PageError(error) }
    return try model().samples(values).bytes()
  }
}

/// Scores a text.
@_cdecl("page_score")
func score(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in try model().score(String(decoding: bytes(text, count), as: UTF8.self)).bytes() }
}

/// Returns the bytes of the model file.
@_cdecl("page_save")
func save() -> Int32 {
  answer { () throws(PageError) in
    let file = try model().file
    do throws(ModelError) { return try file.bytes(named: "The model") } catch { throw PageError(error) }
  }
}

/// Reads a model file.
@_cdecl("page_open")
func open(_ file: UnsafePointer<UInt8>, _ count: Int, _ name: UnsafePointer<UInt8>, _ nameCount: Int) -> Int32 {
  answer { () throws(PageError) in
    let path = String(decoding: bytes(name, nameCount), as: UTF8.self)
    let model = try TrainedModel(bytes(file, count), named: path)
    (state.run, state.model) = (nil, model)
    return model.description.bytes()
  }
}

/// The model that was opened, or that of the run.
private func model() throws(PageError) -> TrainedModel {
  if let model = state.model { return model }
  guard let run = state.run else { throw PageError("There is no model yet: train one, or open a model file.") }
  let model = TrainedModel(run.model, run.tokenizer)
  state.model = model
  return model
}

private func answer(_ body: () throws(PageError) -> [UInt8]) -> Int32 {
  do throws(PageError) {
    state.result = try body()
    return 1
  } catch {
    state.result = Array(error.sentence.utf8)
    return 0
  }
}

private func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

private func object(_ start: UnsafePointer<UInt8>, _ count: Int) throws(JSONError) -> JSON.Object {
  let bytes = bytes(start, count)
  guard let object = try JSON(parsing: bytes.span).object else { throw JSONError("it must be an object") }
  return object
}
