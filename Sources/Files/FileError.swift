/// A file that could not be read or written, described by a sentence with its path and the reason.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// The kind of a failure.
  public enum Kind: Sendable {
    /// The file cannot be opened for reading: it does not exist, is a folder, or permission is missing.
    case noInput
    /// The file cannot be created: its folder is missing or read-only, or a folder or device has its name.
    case cannotCreate
    /// Another process is writing the same file.
    case busy
    /// The contents are damaged: cut off or changed.
    case damaged
    /// The contents do not fit in memory.
    case tooLarge
    /// Reading or writing failed midway: the disk is full, the device failed.
    case inputOutput
  }

  /// The kind of this failure.
  public let kind: Kind
  /// The file.
  public let path: String
  public let description: String

  init(_ kind: Kind, _ path: String, _ description: String) {
    self.kind = kind
    self.path = path
    self.description = description
  }
}
