extension FileError {
  static func reading(_ path: String, _ error: SystemError) -> FileError {
    switch error {
    case .noSuchFile, .notAFolder:
      path.isEmpty
        ? FileError(.noInput, path, "The file name is empty.") : FileError(.noInput, path, "\(path) does not exist.")
    case .isAFolder: folder(.noInput, path)
    case .illegalSeek, .noSuchDevice: FileError(.noInput, path, "\(path) is not a regular file.")
    case .notPermitted, .accessDenied: FileError(.noInput, path, "\(path) may not be read: \(error).")
    default: FileError(.inputOutput, path, "\(path) cannot be read: \(error).")
    }
  }

  static func creating(_ path: String, _ error: SystemError) -> FileError {
    let folder = Path.folder(of: path)
    return switch error {
    case .noSuchFile, .notAFolder:
      path.isEmpty
        ? FileError(.cannotCreate, path, "The file name is empty.")
        : FileError(.cannotCreate, path, "\(path) cannot be written: there is no folder \(folder).")
    case .accessDenied where InputFile.exists(path) && !Path.mayWrite(path):
      FileError(.cannotCreate, path, "\(path) is read-only.")
    case .notPermitted, .accessDenied, .readOnlyFileSystem:
      FileError(
        .cannotCreate, path, "\(path) cannot be written: the folder \(folder) may not be written to (\(error)).")
    case .isAFolder: self.folder(.cannotCreate, path)
    case .illegalByteSequence:
      FileError(
        .cannotCreate, path,
        "\(path) is a link to a file whose name, or folder, is not UTF-8; rename that, or write to another."
      )
    case .illegalSeek: FileError(.cannotCreate, path, "\(path) is not a regular file.")
    case .wouldBlock: FileError(.busy, path, "\(path) is being written by another process.")
    case .noSpace, .overQuota, .inputOutput: writing(path, error)
    default: FileError(.cannotCreate, path, "\(path) cannot be written: \(error).")
    }
  }

  static func writing(_ path: String, _ error: SystemError) -> FileError {
    FileError(.inputOutput, path, "\(path) cannot be written: \(error). The previous file, if any, is unchanged.")
  }

  static func folder(_ kind: Kind, _ path: String) -> FileError {
    FileError(kind, path, "\(path) is a folder, not a file.")
  }
}
