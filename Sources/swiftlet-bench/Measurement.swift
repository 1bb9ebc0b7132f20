import Files
import Glibc
import StrictJSON
import Support

/// Timing in this process.
enum Measurement {
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let duration = try clock.measure(work)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// Returns the median of `count` measurements.
  static func median(of count: Int, _ measure: () throws -> Double) rethrows -> Double {
    let values = try (0..<max(1, count)).map { _ in try measure() }.sorted()
    return values[values.count / 2]
  }
}

extension JSON {
  /// Returns a number rounded to four significant digits; more would be noise.
  static func rounded(_ value: Double) -> JSON {
    guard value != 0, value.isFinite else { return .real(value) }
    let digits = max(0, 3 - Int(log10(abs(value)).rounded(.down)))
    return .real(Double(value.fixed(digits)) ?? value)
  }
}

/// Returns the processor's name as given in `/proc/cpuinfo`.
func processorName() -> String {
  guard let information = try? InputFile.contents(of: "/proc/cpuinfo", upTo: 1 << 24) else { return "unknown" }
  for line in String(decoding: information, as: UTF8.self).split(separator: "\n") where line.hasPrefix("model name") {
    return line.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown"
  }
  return "unknown"
}
