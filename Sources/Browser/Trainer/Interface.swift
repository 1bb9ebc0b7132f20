import PlaygroundPage
import StrictJSON

// The further functions of the page that trains.

nonisolated(unsafe) private var run: Run?

/// Prepares a run on a text, with the members of `Settings` as JSON.
@_cdecl("page_prepare")
func prepare(_ text: UnsafePointer<UInt8>, _ count: Int, _ choices: UnsafePointer<UInt8>, _ choicesCount: Int) -> Int32
{
  run = nil
  setModel(nil)
  return answer { () throws(PageError) in
    let values = try object(choices, choicesCount)
    let settings: Settings
    do throws(JSONError) { settings = try Settings(values) } catch { throw PageError(error) }
    let started = try Run(bytes(text, count), settings)
    run = started
    setModel { TrainedModel(started.model, started.tokenizer) }
    return started.description.bytes()
  }
}

/// Trains for about so many milliseconds.
@_cdecl("page_train")
func train(_ milliseconds: Double) -> Int32 {
  answer { () throws(PageError) in
    guard let run else { throw PageError("There is no run to continue.") }
    let progress = try run.train(for: milliseconds)
    setModel { TrainedModel(run.model, run.tokenizer) }
    return progress.bytes()
  }
}
