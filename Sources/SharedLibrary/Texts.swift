import CSwiftlet
import Commands

@_cdecl("swiftlet_sample")
public func sample(
  _ model: OpaquePointer?, _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int,
  _ observer: UnsafePointer<swiftlet_observer>?, _ error: UnsafeMutablePointer<swiftlet_error>?
) -> UnsafeMutablePointer<CChar>? {
  let result = call(error) {
    let options = try strings(options, optionCount, as: "option")
    return try ModelHandle.at(model).model.sample(options, CallObserver(observer))
  }
  if let failure = result?.failure { error?.pointee = swiftlet_error(failure) }
  return result.flatMap { copied($0.json) }
}

@_cdecl("swiftlet_score")
public func score(
  _ model: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ ends: UnsafePointer<UInt64>?, _ count: Int, _ first: Int,
  _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int, _ error: UnsafeMutablePointer<swiftlet_error>?
) -> UnsafeMutablePointer<CChar>? {
  call(error) {
    let options = try strings(options, optionCount, as: "option")
    var texts = TextList(first: first)
    try TextBuffer(bytes, ends, count).forEachText { text throws in try texts.append(text) }
    return copied(try ModelHandle.at(model).model.score(texts, options))
  } ?? nil
}

@_cdecl("swiftlet_tokens")
public func tokens(
  _ model: OpaquePointer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ error: UnsafeMutablePointer<swiftlet_error>?
) -> UnsafeMutablePointer<CChar>? {
  call(error) {
    var texts = TextList()
    var end = UInt64(max(0, length))
    try TextBuffer(text, &end, 1).forEachText { text throws in try texts.append(text) }
    return copied(try ModelHandle.at(model).model.tokens(of: texts))
  } ?? nil
}

@_cdecl("swiftlet_stream_open")
public func openStream(
  _ model: OpaquePointer?, _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int,
  _ observer: UnsafePointer<swiftlet_observer>?, _ error: UnsafeMutablePointer<swiftlet_error>?
) -> OpaquePointer? {
  call(error) {
    let options = try strings(options, optionCount, as: "option")
    return StreamHandle(try ModelHandle.at(model).model.stream(options, CallObserver(observer))).address
  }
}

@_cdecl("swiftlet_stream_next")
public func nextPiece(
  _ stream: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<swiftlet_error>?
) -> UnsafeMutablePointer<CChar>? {
  call(error) {
    guard let piece = try StreamHandle.at(stream).stream.next() else { return nil }
    length?.pointee = piece.utf8.count
    return copied(piece)
  } ?? nil
}

@_cdecl("swiftlet_stream_free")
public func freeStream(_ stream: OpaquePointer?) { StreamHandle.free(stream) }
