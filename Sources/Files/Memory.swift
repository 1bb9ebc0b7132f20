/// The memory available to this process in bytes: that of the machine, or less in a container, a service or a job, or
/// with `ulimit -v`.
package let memoryOfThisMachine: Int = {
  let groups = (try? InputFile.contents(of: "/proc/self/cgroup", upTo: 1 << 16)) ?? []
  let limits = memoryLimits(ofGroups: String(decoding: groups, as: UTF8.self), below: "/sys/fs/cgroup")
  return (limits + [SystemMemory.limit].compactMap(\.self)).reduce(SystemMemory.physical, min)
}()

/// The size in bytes of the largest text that fits in memory: reading a text of unknown size takes up to three times
/// its size.
package let memoryForText = memoryOfThisMachine / 4

/// The memory limits in bytes of a process's control groups, as listed in `/proc/self/cgroup`, and of their parents,
/// for versions 1 and 2.
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
