import CSwiftlet
import Commands
import Glibc
import Processor

/// Runs the body of a call. An error becomes its sentence and the exit code of the tool, and never leaves the library.
func call<Result>(_ error: UnsafeMutablePointer<swiftlet_error>?, _ body: () throws -> Result) -> Result? {
  do {
    try UnsupportedProcessor.check()
    let result = try body()
    error?.pointee = swiftlet_error(code: 0, sentence: nil)
    return result
  } catch let reason {
    error?.pointee = swiftlet_error(Failure(reason))
    return nil
  }
}

extension swiftlet_error {
  init(_ failure: Failure) { self.init(code: failure.code.rawValue, sentence: copied(failure.sentence)) }
}

/// Returns a copy of a text that C frees with `swiftlet_string_free`.
func copied(_ text: String) -> UnsafeMutablePointer<CChar>? {
  // The text may contain the character that ends a string of C.
  var text = text
  return text.withUTF8 { bytes in
    let copy = malloc(bytes.count + 1)
    if let first = bytes.baseAddress { copy?.copyMemory(from: first, byteCount: bytes.count) }
    copy?.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    return copy?.assumingMemoryBound(to: CChar.self)
  }
}

/// Returns strings that C owns.
func strings(
  _ pointers: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, as kind: String
) throws(Failure) -> [String] {
  var result: [String] = []
  for index in 0..<max(0, count) {
    guard let pointer = pointers?[index] else { throw Failure(.usage, "\(kind) \(index + 1) is NULL.") }
    result.append(try string(pointer, as: "\(kind) \(index + 1)"))
  }
  return result
}

func string(_ pointer: UnsafePointer<CChar>?, as kind: String) throws(Failure) -> String {
  guard let pointer else { throw Failure(.usage, "\(kind) is NULL.") }
  guard let text = String(validatingCString: pointer) else { throw Failure(.usage, "\(kind) is not UTF-8.") }
  return text
}

extension CallObserver {
  init(_ observer: UnsafePointer<swiftlet_observer>?) {
    guard let observer = observer?.pointee else {
      self.init()
      return
    }
    self.init(
      progress: observer.progress.map { function in
        { progress in
          var state = swiftlet_progress(progress)
          return function(observer.context, &state)
        }
      },
      continues: observer.continues.map { function in { function(observer.context) } },
      note: observer.note.map { function in { function(observer.context, $0) } })
  }
}

extension swiftlet_progress {
  fileprivate init(_ progress: CallProgress) {
    self.init(
      step: UInt64(max(0, progress.step)), steps: UInt64(max(0, progress.steps)), loss: progress.loss ?? .nan,
      held_out: progress.heldOut ?? .nan, tokens_per_second: progress.tokensPerSecond, seconds: progress.seconds,
      seconds_left: progress.secondsLeft)
  }
}

@_cdecl("swiftlet_string_free")
public func freeString(_ string: UnsafeMutablePointer<CChar>?) { free(string) }

@_cdecl("swiftlet_version")
public func version() -> UnsafePointer<CChar>? { versionText.map { UnsafePointer($0) } }

/// The version as a string that lives as long as the process.
nonisolated(unsafe) private let versionText = copied(Swiftlet.version)

@_cdecl("swiftlet_help")
public func help(_ command: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? {
  guard let name = try? string(command, as: "the command") else { return nil }
  return Swiftlet.help(of: name).flatMap(copied)
}
