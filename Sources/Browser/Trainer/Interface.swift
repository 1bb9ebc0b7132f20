import Files
import ModelFiles
import PageModel
import PlaygroundPage
import StrictJSON
import Tokenization

// The further functions of the page that trains.

nonisolated(unsafe) private var run: Run?
/// The model that was opened after the run.
nonisolated(unsafe) private var opened: ModelFile?

/// Prepares a run on a text, with the members of `Settings` as JSON.
@_cdecl("page_prepare")
func prepare(_ text: UnsafePointer<UInt8>, _ count: Int, _ choices: UnsafePointer<UInt8>, _ choicesCount: Int) -> Int32
{
  (run, opened) = (nil, nil)
  setModel(nil)
  return answer { () throws(PageError) in
    let values = try object(choices, choicesCount)
    let settings: Settings
    do throws(JSONError) { settings = try Settings(values) } catch { throw PageError(error) }
    let started = try Run(bytes(text, count), settings)
    run = started
    use(started)
    return started.description.bytes()
  }
}

/// Trains for about so many milliseconds.
@_cdecl("page_train")
func train(_ milliseconds: Double) -> Int32 {
  answer { () throws(PageError) in
    guard let run else { throw PageError("There is no run to continue.") }
    let progress = try run.train(for: milliseconds)
    use(run)
    return progress.bytes()
  }
}

/// Reads a model file, and describes the model.
@_cdecl("page_open")
func open(_ file: UnsafePointer<UInt8>, _ count: Int, _ name: UnsafePointer<UInt8>, _ nameCount: Int) -> Int32 {
  answer { () throws(PageError) in
    let input = InputFile(bytes(file, count), named: String(decoding: bytes(name, nameCount), as: UTF8.self))
    let file: ModelFile
    do throws(ModelError) { file = try ModelFile(input) } catch { throw PageError(error) }
    let tokenizer: KnownTokenizer
    do throws(TokenizerError) { tokenizer = try KnownTokenizer(file.tokenizer) } catch { throw PageError(error) }
    let model = TrainedModel(file, tokenizer)
    opened = file
    setModel { model }
    return try description(titled: input.path)
  }
}

/// Describes the model.
@_cdecl("page_describe")
func describe() -> Int32 { answer { () throws(PageError) in try description(titled: "model") } }

/// The bytes of the model file.
@_cdecl("page_save")
func save() -> Int32 {
  answer { () throws(PageError) in
    let file = try file()
    do throws(ModelError) { return try file.bytes(named: "The model") } catch { throw PageError(error) }
  }
}

/// The elements that a page with the model has inside, as HTML.
@_cdecl("page_wrap")
func wrap(_ title: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  answer { () throws(PageError) in
    let title = String(decoding: bytes(title, count), as: UTF8.self)
    let inside: PageModel
    let (file, unsampled) = (try file(), try model().tokenizer.unsampled)
    do throws(PageModelError) {
      inside = try PageModel(of: file, unsampled: unsampled, title: title, precision: nil)
    } catch {
      throw PageError(error)
    }
    do throws(ModelError) { return try inside.elements() } catch { throw PageError(error) }
  }
}

private func file() throws(PageError) -> ModelFile {
  guard let file = opened ?? run?.model else { throw .noModel }
  return file
}

private func use(_ run: Run) { setModel { TrainedModel(run.model, run.tokenizer) } }

private func description(titled title: String) throws(PageError) -> [UInt8] {
  let file = try file()
  guard var facts = modelFacts(of: file, title: title, texts: file.documents?.count).object else { throw .noModel }
  facts["notes"] = try model().notes
  return JSON.object(facts).bytes()
}

private func object(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PageError) -> JSON.Object {
  let bytes = bytes(start, count)
  do throws(JSONError) {
    guard let object = try JSON(parsing: bytes.span).object else { throw JSONError("it must be an object") }
    return object
  } catch {
    throw PageError(error)
  }
}

extension TrainedModel {
  fileprivate convenience init(_ file: ModelFile, _ tokenizer: KnownTokenizer) {
    let documents = file.documents
    self.init(
      file.weights, file.memory, tokenizer, lineBreakBeforeTexts: file.lineBreakBeforeTexts,
      isKnown: { documents?.contains($0) == true })
  }
}
