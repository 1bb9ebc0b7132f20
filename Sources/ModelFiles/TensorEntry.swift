import StrictJSON

/// The entry of a header for one tensor.
package struct TensorEntry: Sendable, Equatable {
  package let name: String
  package let type: ElementType
  package let shape: [Int]
  /// The bytes of the elements, counted from the end of the header.
  package let range: Range<Int>

  /// Reads a member of the header. The number of bytes must fit the shape.
  init(_ member: JSON.Object.Member) throws(JSONError) {
    guard let entry = member.value.object else { throw JSONError("it must be an object, not \(member.value.kind)") }
    try entry.refuseMembers(otherThan: ["dtype", "shape", "data_offsets"])
    let typeName = try entry.string("dtype")
    guard let type = ElementType(rawValue: typeName) else {
      throw JSONError("its type \(JSON.quoted(typeName)) is not known")
    }
    let shape = try Self.sizes(entry, "shape")
    let offsets = try Self.sizes(entry, "data_offsets")
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw JSONError("\"data_offsets\" must be its beginning and its end")
    }
    name = member.key
    self.type = type
    self.shape = shape
    range = offsets[0]..<offsets[1]
    guard let size = Self.byteCount(shape, type), size == UInt64(range.count) else {
      let shape = shape.count <= 8 ? "\(shape)" : "of \(shape.count) sizes"
      throw JSONError("its shape \(shape) of \(typeName) does not make the \(range.count) bytes of its offsets")
    }
  }

  private static func sizes(_ entry: JSON.Object, _ key: String) throws(JSONError) -> [Int] {
    var sizes: [Int] = []
    for element in try entry.array(key) {
      guard let size = element.number?.integer(), size >= 0 else {
        throw JSONError("\(JSON.quoted(key)) must hold whole numbers from 0 to \(Int.max)")
      }
      sizes.append(size)
    }
    return sizes
  }

  /// The bytes of a tensor; `nil` if they are not a whole number, or more than 64 bits count.
  private static func byteCount(_ shape: [Int], _ type: ElementType) -> UInt64? {
    var bits: UInt64? = 1
    for size in shape + [type.bits] {
      bits = bits.flatMap { bits in
        let (product, over) = bits.multipliedReportingOverflow(by: UInt64(size))
        return over ? nil : product
      }
    }
    guard let bits, bits.isMultiple(of: 8) else { return nil }
    return bits / 8
  }
}
