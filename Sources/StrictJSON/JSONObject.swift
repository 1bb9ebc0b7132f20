extension JSON {
  /// Members in the order of the text, with unique keys.
  ///
  /// Looking up a key is a linear search: objects have few members, or are iterated.
  package struct Object: Sendable, Equatable {
    package struct Member: Sendable, Equatable {
      package let key: String
      package fileprivate(set) var value: JSON

      package init(key: String, value: JSON) {
        self.key = key
        self.value = value
      }

      package static func == (one: Member, other: Member) -> Bool {
        one.key.utf8.elementsEqual(other.key.utf8) && one.value == other.value
      }
    }

    package private(set) var members: [Member] = []

    package init() {}

    /// Creates an object; `nil` if a key occurs twice.
    package init?(_ members: [Member]) {
      var keys = KeySet()
      for member in members {
        guard keys.admits(member.key, after: self.members) else { return nil }
        self.members.append(member)
      }
    }

    init(unique members: [Member]) { self.members = members }

    /// The value of `key`; setting `nil` removes the member.
    package subscript(key: String) -> JSON? {
      get { index(of: key).map { members[$0].value } }
      set {
        switch (index(of: key), newValue) {
        case (let index?, let value?): members[index].value = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append(Member(key: key, value: value))
        case (nil, nil): break
        }
      }
    }

    private func index(of key: String) -> Int? {
      members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }
  }
}

/// The set of keys seen so far, compared by bytes: linearly while there are few, hashed when there are many.
///
/// Swift's hash has a random seed, so that an attacker cannot prepare colliding keys.
struct KeySet {
  private struct Key: Hashable {
    let string: String

    static func == (one: Key, other: Key) -> Bool { one.string.utf8.elementsEqual(other.string.utf8) }

    func hash(into hasher: inout Hasher) {
      var word: UInt64 = 0
      var count = 0
      for byte in string.utf8 {
        word = word << 8 | UInt64(byte)
        count += 1
        if count.isMultiple(of: 8) { hasher.combine(word) }
      }
      hasher.combine(word)
      hasher.combine(count)
    }
  }

  private var many: Set<Key> = []

  /// Adds the key `string`; returns false if one of `members`, whose keys were all added before, has it.
  mutating func admits(_ string: String, after members: [JSON.Object.Member]) -> Bool {
    guard members.count >= 8 else { return !members.contains { $0.key.utf8.elementsEqual(string.utf8) } }
    if many.isEmpty { for member in members { many.insert(Key(string: member.key)) } }
    return many.insert(Key(string: string)).inserted
  }
}
