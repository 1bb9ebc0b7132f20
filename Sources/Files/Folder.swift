/// Operations on folders.
package enum Folder {
  /// Creates the folder `path` unless it exists; its parent must exist.
  package static func make(_ path: String) throws(FileError) {
    do throws(SystemError) {
      do throws(SystemError) {
        try Path.makeFolder(path)
      } catch .fileExists {
        guard try FileStatus(of: path).kind == .folder else { throw SystemError.fileExists }
      }
    } catch .fileExists {
      throw FileError(.cannotCreate, path, "\(path) is a file; a folder is needed.")
    } catch {
      throw .creating(path, error)
    }
  }

  /// The names of the files and folders in the folder `path`, in no particular order.
  package static func names(in path: String) throws(FileError) -> [String] {
    do throws(SystemError) { return try Path.names(in: path) } catch { throw .reading(path, error) }
  }
}
