import Glibc

/// The day of a file's last change, in the local time zone: `27 November 2026`.
package struct FileDay: CustomStringConvertible {
  package let description: String

  /// Returns `nil` if there is no such file.
  package init?(of path: String) {
    guard let status = try? FileStatus(of: path) else { return nil }
    var (time, parts) = (time_t(status.modified), tm())
    guard localtime_r(&time, &parts) != nil, Self.months.indices.contains(Int(parts.tm_mon)) else { return nil }
    description = "\(parts.tm_mday) \(Self.months[Int(parts.tm_mon)]) \(1900 + Int(parts.tm_year))"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
