import Files
import ModelFiles

/// Returns the bytes of a safetensors file with any header, valid or not.
func safetensors(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let header = Array(header.utf8)
  let length = length ?? UInt64(header.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header + Array(repeating: 0, count: data)
}

/// One entry of a header.
func entry(_ name: String, _ shape: String = "[1]", _ offsets: String = "[0,4]", type: String = "F32") -> String {
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}

func read(_ bytes: [UInt8]) throws -> SafetensorsFile {
  try SafetensorsFile(InputFile(bytes, named: "x"))
}
