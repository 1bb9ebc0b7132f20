/// File names derived from other names.
enum FileName {
  static let modelSuffix = ".safetensors"

  /// `texts/names.txt` without its folders: `names.txt`.
  static func last(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name of a model of the corpus at `path`: `names.safetensors` for `texts/names.txt` and `texts/names.txt.gz`.
  static func model(of path: String) -> String {
    let name = last(of: path)
    return stem(of: name.hasSuffix(".gz") && name.utf8.count > 3 ? String(name.dropLast(3)) : name) + modelSuffix
  }

  /// `names.txt` without its last suffix: `names`. A name that is only a suffix is unchanged.
  static func stem(of path: String) -> String {
    guard let dot = path.lastIndex(of: "."), dot != path.startIndex, !path[dot...].contains("/") else { return path }
    return path[path.index(before: dot)] == "/" ? path : String(path[..<dot])
  }
}
