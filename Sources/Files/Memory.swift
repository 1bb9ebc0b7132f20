/// The memory of this machine in bytes; less where this process may not have all of it: in a container, a service or a job, or under
/// `ulimit -v`.
package let memoryOfThisMachine: Int = {
  let groups = (try? InputFile.contents(of: "/proc/self/cgroup", upTo: 1 << 16)) ?? []
  let limits = memoryLimits(ofGroups: String(decoding: groups, as: UTF8.self), below: "/sys/fs/cgroup")
  return (limits + [SystemMemory.limit].compactMap(\.self)).reduce(SystemMemory.physical, min)
}()

/// The bytes of text that there is memory for: while it is read, a text whose size nobody knows takes up to three times its bytes.
package let memoryForText = memoryOfThisMachine / 4

/// What the control groups of a process, as `/proc/self/cgroup` lists them, and those around them leave it in bytes, of either version.
package func memoryLimits(ofGroups groups: String, below root: String) -> [Int] {
  var limits: [Int] = []
  for group in groups.split(separator: "\n") {
    let parts = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty || parts[1].split(separator: ",").contains("memory") else { continue }
    var folder = parts[1].isEmpty ? root : root + "/memory"
    let file = parts[1].isEmpty ? "/memory.max" : "/memory.limit_in_bytes"
    for name in parts[2].split(separator: "/", omittingEmptySubsequences: false) {
      if !name.isEmpty { folder += "/" + name }
      let limit = (try? InputFile.contents(of: folder + file, upTo: 100)).flatMap {
        Int(String(decoding: $0.dropLast(), as: UTF8.self))
      }
      if let limit { limits.append(limit) }
    }
  }
  return limits
}
