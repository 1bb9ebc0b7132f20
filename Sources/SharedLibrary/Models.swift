import CSwiftlet
import Commands

@_cdecl("swiftlet_texts_create")
public func createTexts() -> OpaquePointer? { TextsHandle().address }

@_cdecl("swiftlet_texts_free")
public func freeTexts(_ texts: OpaquePointer?) { TextsHandle.free(texts) }

@_cdecl("swiftlet_texts_append")
public func appendTexts(
  _ texts: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ ends: UnsafePointer<UInt64>?, _ count: Int,
  _ error: UnsafeMutablePointer<swiftlet_error>?
) -> Bool {
  call(error) { try TextsHandle.at(texts).append(TextBuffer(bytes, ends, count)) } != nil
}

@_cdecl("swiftlet_train_texts")
public func trainOnTexts(
  _ texts: OpaquePointer?, _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int,
  _ observer: UnsafePointer<swiftlet_observer>?, _ error: UnsafeMutablePointer<swiftlet_error>?
) -> OpaquePointer? {
  call(error) {
    let options = try strings(options, optionCount, as: "option")
    let model = try LibraryModel(training: TextsHandle.at(texts).take(), options: options, CallObserver(observer))
    return ModelHandle(model).address
  }
}

@_cdecl("swiftlet_train_files")
public func trainOnFiles(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int,
  _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int, _ observer: UnsafePointer<swiftlet_observer>?,
  _ error: UnsafeMutablePointer<swiftlet_error>?
) -> OpaquePointer? {
  call(error) {
    let paths = try strings(paths, pathCount, as: "path")
    let options = try strings(options, optionCount, as: "option")
    return ModelHandle(try LibraryModel(training: paths, options: options, CallObserver(observer))).address
  }
}

@_cdecl("swiftlet_model_load")
public func loadModel(
  _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<UnsafePointer<CChar>?>?, _ optionCount: Int,
  _ error: UnsafeMutablePointer<swiftlet_error>?
) -> OpaquePointer? {
  call(error) {
    let options = try strings(options, optionCount, as: "option")
    return ModelHandle(try LibraryModel(contentsOf: string(path, as: "the path"), options: options)).address
  }
}

@_cdecl("swiftlet_model_save")
public func saveModel(
  _ model: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ force: Bool, _ observer: UnsafePointer<swiftlet_observer>?,
  _ error: UnsafeMutablePointer<swiftlet_error>?
) -> Bool {
  call(error) { () -> Void in
    let path = try string(path, as: "the path")
    try ModelHandle.at(model).model.write(to: path, isForced: force, CallObserver(observer))
  } != nil
}

@_cdecl("swiftlet_model_free")
public func freeModel(_ model: OpaquePointer?) { ModelHandle.free(model) }

@_cdecl("swiftlet_model_info")
public func modelInfo(_ model: OpaquePointer?) -> UnsafeMutablePointer<CChar>? {
  (try? ModelHandle.at(model)).flatMap { copied($0.model.info) }
}

@_cdecl("swiftlet_model_html")
public func modelHTML(_ model: OpaquePointer?) -> UnsafeMutablePointer<CChar>? {
  (try? ModelHandle.at(model)).flatMap { copied($0.model.html) }
}

@_cdecl("swiftlet_model_weight_count")
public func weightCount(_ model: OpaquePointer?) -> Int { (try? ModelHandle.at(model))?.model.weights.count ?? 0 }

@_cdecl("swiftlet_model_weight")
public func weight(
  _ model: OpaquePointer?, _ index: Int, _ name: UnsafeMutablePointer<UnsafePointer<CChar>?>?,
  _ rows: UnsafeMutablePointer<Int>?, _ columns: UnsafeMutablePointer<Int>?
) -> UnsafePointer<Float>? {
  guard let matrix = (try? ModelHandle.at(model))?.matrix(index) else { return nil }
  name?.pointee = matrix.name.map { UnsafePointer($0) }
  rows?.pointee = matrix.rows
  columns?.pointee = matrix.columns
  return matrix.values.baseAddress.map { UnsafePointer($0) }
}
