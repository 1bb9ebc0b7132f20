/// A place for several files that belong together.
public enum Folder {
  /// Makes the folder `path`, unless it is there; the one above it must be.
  public static func make(_ path: String) throws(FileError) {
    do throws(SystemError) {
      do throws(SystemError) {
        try Path.makeFolder(path)
      } catch .fileExists {
        guard try FileStatus(of: path).kind == .folder else { throw SystemError.fileExists }
      }
    } catch .fileExists {
      throw FileError(.cannotCreate, path, "\(path) is a file, where a folder is needed.")
    } catch {
      throw .creating(path, error)
    }
  }
}
