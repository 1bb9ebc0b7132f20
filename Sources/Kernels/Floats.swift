import CProcessor

#if CHECKED_KERNELS
  /// A pointer to floats with bounds. `SWIFTLET_CHECKED=1` builds kernels that trap at the first access out of bounds.
  typealias Floats = BoundedFloats
#else
  /// A pointer to floats, without bounds checks.
  typealias Floats = UnsafeMutablePointer<Float>
#endif

extension UnsafeMutablePointer<Float> {
  /// A pointer to the first of `count` floats.
  @inline(__always)
  init(_ start: UnsafeMutablePointer<Float>, count: Int) { self = start }

  /// Returns a pointer to the `count` floats from `offset` on, the only ones that a kernel may access through it.
  @inline(__always)
  func part(_ offset: Int, count: Int) -> Self { self + offset }

  /// The plain pointer to `count` floats.
  @inline(__always)
  func plain(_ count: Int) -> UnsafeMutablePointer<Float> { self }

  /// The sixteen floats from `offset` on, which is a multiple of sixteen.
  @inline(__always)
  subscript(vector offset: Int) -> Vector {
    get { UnsafeRawPointer(self + offset).load(as: Vector.self) }
    nonmutating set { UnsafeMutableRawPointer(self + offset).storeBytes(of: newValue, as: Vector.self) }
  }

  /// Prefetches the vector here for a read. Beyond the end of the memory it has no effect.
  @inline(__always)
  func fetch() { fetch_to_read(self) }

  /// Prefetches the vector here for a write.
  @inline(__always)
  func fetchToWrite() { fetch_to_write(self) }

  /// The four floats from `offset` on, which is a multiple of four.
  @inline(__always)
  subscript(quarter offset: Int) -> SIMD4<Float> {
    get { UnsafeRawPointer(self + offset).load(as: SIMD4<Float>.self) }
    nonmutating set { UnsafeMutableRawPointer(self + offset).storeBytes(of: newValue, as: SIMD4<Float>.self) }
  }
}

#if CHECKED_KERNELS
  /// A pointer with bounds. It may point outside of them, but traps when it is read or written there.
  struct BoundedFloats {
    private let start: UnsafeMutablePointer<Float>
    private var position: Int
    /// The valid positions, relative to `start`, as `position` is.
    private let bounds: Range<Int>

    init(_ start: UnsafeMutablePointer<Float>, count: Int) { self.init(start, 0, 0..<count) }

    private init(_ start: UnsafeMutablePointer<Float>, _ position: Int, _ bounds: Range<Int>) {
      (self.start, self.position, self.bounds) = (start, position, bounds)
    }

    func part(_ offset: Int, count: Int) -> BoundedFloats {
      let first = position + offset
      precondition(count == 0 || bounds.contains(first) && first + count <= bounds.upperBound, outside(offset, count))
      return BoundedFloats(start, first, first..<first + count)
    }

    func plain(_ count: Int) -> UnsafeMutablePointer<Float> { place(0, count) }

    subscript(offset: Int) -> Float {
      get { place(offset, 1).pointee }
      nonmutating set { place(offset, 1).pointee = newValue }
    }

    subscript(vector offset: Int) -> Vector {
      get { place(offset, 16)[vector: 0] }
      nonmutating set { place(offset, 16)[vector: 0] = newValue }
    }

    subscript(quarter offset: Int) -> SIMD4<Float> {
      get { place(offset, 4)[quarter: 0] }
      nonmutating set { place(offset, 4)[quarter: 0] = newValue }
    }

    static func + (floats: BoundedFloats, offset: Int) -> BoundedFloats {
      BoundedFloats(floats.start, floats.position + offset, floats.bounds)
    }

    static func += (floats: inout BoundedFloats, offset: Int) { floats.position += offset }

    /// Does nothing: checked kernels omit prefetches.
    func fetch() {}
    func fetchToWrite() {}

    func deallocate() { start.deallocate() }

    private func place(_ offset: Int, _ count: Int) -> UnsafeMutablePointer<Float> {
      let first = position + offset
      precondition(first >= bounds.lowerBound && first + count <= bounds.upperBound, outside(offset, count))
      precondition(
        (Int(bitPattern: start) / 4 + first).isMultiple(of: min(count, 4)), "\(count) floats at \(first) lie askew")
      return start + first
    }

    private func outside(_ offset: Int, _ count: Int) -> String {
      "\(count) floats at \(position + offset) lie outside of \(bounds)"
    }
  }
#endif
