/// A file to which whole lines are appended: each is written immediately, and an incomplete line is removed on failure.
package struct LineAppender: ~Copyable, Sendable {
  package let path: String

  private let descriptor: Descriptor

  /// Opens or creates the file; `startingOver` empties an existing one.
  package init(_ path: String, startingOver: Bool) throws(FileError) {
    do throws(SystemError) {
      descriptor = try Descriptor(path, for: startingOver ? .replacing : .appending)
    } catch {
      throw error == .isAFolder ? .folder(.cannotCreate, path) : .creating(path, error)
    }
    self.path = path
  }

  /// Appends `line` and a line feed.
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
