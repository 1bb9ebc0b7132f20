/// The memory available to the module in bytes: half of what addresses of 32 bits reach.
package let memoryOfThisMachine = Int.max

/// The size in bytes of the largest text that fits in memory.
package let memoryForText = memoryOfThisMachine / 4
