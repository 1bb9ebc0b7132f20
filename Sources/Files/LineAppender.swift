/// A file that grows by whole lines: each is written at once, and one that does not fit on the disk is taken back.
package struct LineAppender: ~Copyable {
  package let path: String

  private let descriptor: Descriptor

  /// `startingOver` empties a file that is there already.
  package init(_ path: String, startingOver: Bool) throws(FileError) {
    do throws(SystemError) {
      descriptor = try Descriptor(path, for: startingOver ? .replacing : .appending)
    } catch {
      throw error == .isAFolder ? .folder(.cannotCreate, path) : .creating(path, error)
    }
    self.path = path
  }

  /// Adds `line` and a line feed.
  package func append(_ line: String) throws(FileError) {
    do throws(SystemError) {
      let status = try descriptor.status()
      do throws(SystemError) {
        try descriptor.write(Array((line + "\n").utf8).span.bytes)
      } catch {
        if status.kind == .regular { try descriptor.truncate(to: status.size) }
        throw error
      }
    } catch {
      throw FileError(.inputOutput, path, "\(path) cannot be written: \(error).")
    }
  }
}
