import Files
import GPT

extension ModelFile {
  /// Returns the bytes of the file that the tool would write to `name`.
  package func bytes(named name: String) throws(ModelError) -> [UInt8] {
    try check(for: name)
    let file = ByteArray(named: name)
    let head = try SafetensorsFile.head(of: name, tensors, metadata: metadata)
    do throws(FileError) {
      try file.write(head)
      try file.write(tensors)
    } catch {
      throw ModelError(error.description)
    }
    return file.bytes
  }
}
