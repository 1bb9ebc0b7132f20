// Numbers formatted for people, without a locale.

extension Double {
  /// The number with `digits` digits after the point, rounded: `2.4178.fixed(2)` is `2.42`.
  package func fixed(_ digits: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    // NaN is not below the limit.
    guard magnitude * Double(scale) < 0x1p53 else { return description }
    let parts = Int64((magnitude * Double(scale)).rounded()).quotientAndRemainder(dividingBy: scale)
    let sign = self < 0 && (parts.quotient != 0 || parts.remainder != 0) ? "-" : ""
    if digits == 0 { return "\(sign)\(parts.quotient)" }
    let fraction = String(parts.remainder)
    return "\(sign)\(parts.quotient).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }

  /// The number in three or four characters: `950`, `1.2k`, `34k`, `1.2M`.
  package var abbreviated: String {
    for (size, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where self >= 0.9995 * size {
      let value = self / size
      return value.fixed(value < 9.95 ? 1 : 0) + suffix
    }
    return fixed(0)
  }

  /// A fraction as a percentage: `0.1234.percent` is `12.3%`.
  package var percent: String { self > 0 && self < 0.0005 ? "<0.1%" : "\((100 * self).fixed(1))%" }

  /// A number of seconds as a duration: `26ms`, `1.4s`, `12s`, `3m 05s`, `2h 10m`.
  package var asDuration: String {
    guard isFinite, self >= 0 else { return "?" }
    if self < 0.9995 { return (1000 * self).fixed(0) + "ms" }
    return self < 9.95 ? fixed(1) + "s" : rounded().asWholeDuration
  }

  /// A number of seconds as a duration in whole seconds, rounded up: for estimates.
  package var asWholeDuration: String {
    guard isFinite, self >= 0, self < 1e15 else { return "?" }
    let seconds = Int64(rounded(.up))
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3600 { return "\(seconds / 60)m \(twoDigits(seconds % 60))s" }
    return "\(seconds / 3600)h \(twoDigits(seconds % 3600 / 60))m"
  }

  private func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Int {
  /// The number with commas between thousands: `4,192`.
  package var grouped: String {
    let digits = String(magnitude).utf8
    var result = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index).isMultiple(of: 3) { result += "," }
      result.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return result
  }

  /// The number and a noun in the singular or plural: `1 document`, `2 documents`.
  package func of(_ noun: String) -> String {
    "\(grouped) \(noun)\(self == 1 ? "" : "s")"
  }
}
