/// A place for several files that belong together.
package enum Folder {
  /// Makes the folder `path`, unless it is there; the one above it must be.
  package static func make(_ path: String) throws(FileError) {
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

  /// The names of what is in the folder `path`, in no order.
  package static func names(in path: String) throws(FileError) -> [String] {
    do throws(SystemError) { return try Path.names(in: path) } catch { throw .reading(path, error) }
  }
}
