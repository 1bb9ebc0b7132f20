/// The memory of this machine in bytes; less where this process may not have all of it: in a container, or under `ulimit -v`.
public let memoryOfThisMachine: Int = {
  let containers = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap { path in
    (try? InputFile.contents(of: path, upTo: 100)).flatMap { Int(String(decoding: $0.dropLast(), as: UTF8.self)) }
  }
  return (containers + [SystemMemory.limit].compactMap(\.self)).reduce(SystemMemory.physical, min)
}()

/// The bytes of text that there is memory for: while it is read, a text whose size nobody knows takes up to three times its bytes.
public let memoryForText = memoryOfThisMachine / 4
