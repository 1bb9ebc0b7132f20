import Files
import Foundation
import ModelFiles
import Testing

/// Files that make a careless reader crash, allocate too much, or read other contents than another reader does.
@Suite struct AttackTests {
  static let huge = "18446744073709551615"

  static let attacks: [(bytes: [UInt8], problem: String)] = [
    ([], "is empty; it is not a Swiftlet model"),
    ([1, 0, 0, 0, 0, 0, 0], "is not a Swiftlet model"),
    (safetensors(""), "is not a Swiftlet model"),
    (safetensors("{}", length: 3), "its first 8 bytes make its header 3 bytes long, and only 2 follow"),
    (safetensors("{}", length: .max), "is not a Swiftlet model"),
    (safetensors("{}", length: 1 << 63), "is not a Swiftlet model"),
    (safetensors("{}", length: 100_000_001), "is not a Swiftlet model"),
    (safetensors("{}", length: 100_000_000), "and only 2 follow"),
    (Array("Emma\nOlivia\nAva\nIsabella\n".utf8), "is a text, not a Swiftlet model"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04, 0xE6], "is an xz file, not a Swiftlet model"),
    (safetensors(" {}"), "is not a Swiftlet model"),
    (safetensors("\u{FEFF}{}"), "is not a Swiftlet model"),
    (safetensors("[]"), "is not a Swiftlet model"),
    (safetensors("{}\0"), "follows the end of the JSON text"),
    (safetensors("{} {}"), "follows the end of the JSON text"),
    (safetensors("{}", data: 1), "its tensors take 0 bytes, and 1 follow the header"),
    (
      safetensors("{\(entry("a"))}", data: 3), "its tensors take 4 bytes, and only 3 follow the header: it was cut off."
    ),
    (safetensors("{\(entry("a"))}", data: 5), "its tensors take 4 bytes, and 5 follow the header"),
    (safetensors("{\(entry("a")),\(entry("a"))}", data: 4), "the key \"a\" occurs twice"),
    (safetensors("{\(entry("a")),\(entry("\\u0061"))}", data: 4), "the key \"a\" occurs twice"),
    (safetensors("{\"__metadata__\":{},\"__metadata__\":{}}"), "the key \"__metadata__\" occurs twice"),
    (safetensors("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}"), "the key \"k\" occurs twice"),
    (safetensors("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "the key \"dtype\" occurs twice"),
    (safetensors("{\"__metadata__\":{\"k\":1}}"), "\"__metadata__\": \"k\" must be a string, not a number"),
    (safetensors("{\"__metadata__\":{\"k\":null}}"), "\"__metadata__\": \"k\" must be a string, not null"),
    (safetensors("{\"__metadata__\":{\"k\":{}}}"), "\"__metadata__\": \"k\" must be a string, not an object"),
    (safetensors("{\"__metadata__\":null}"), "\"__metadata__\": it must be an object, not null"),
    (safetensors("{\"__metadata__\":[]}"), "\"__metadata__\": it must be an object, not an array"),
    (safetensors("{\"a\":null}"), "\"a\": it must be an object, not null"),
    (safetensors("{\"a\":[\"F32\",[1],[0,4]]}", data: 4), "\"a\": it must be an object, not an array"),
    (safetensors("{\"a\":{}}"), "\"a\": \"dtype\" is missing"),
    (safetensors("{\"a\":{\"dtype\":\"F32\"}}"), "\"a\": \"shape\" is missing"),
    (safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}"), "\"a\": \"data_offsets\" is missing"),
    (safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"more\":1}}"), "\"a\": \"more\" is not a known member"),
    (safetensors("{\"a\":{\"dtype\":{\"F32\":null}}}"), "\"a\": \"dtype\" must be a string, not an object"),
    (safetensors("{\(entry("a", type: "F128"))}", data: 4), "\"a\": its type \"F128\" is not known"),
    (safetensors("{\(entry("a", type: "f32"))}", data: 4), "\"a\": its type \"f32\" is not known"),
    (safetensors("{\(entry("a", "1"))}", data: 4), "\"shape\" must be an array, not a number"),
    (safetensors("{\(entry("a", "[-1]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[-1,-1]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[1.0]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[1e0]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[-0]", "[0,0]"))}"), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[\"1\"]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[[1]]"))}", data: 4), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[\(huge),0]", "[0,0]"))}"), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[184467440737095516160,0]", "[0,0]"))}"), "\"shape\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[4294967296,4294967296,0]", "[0,0]"))}"), "does not make the 0 bytes"),
    (safetensors("{\(entry("a", "[4611686018427387904,4]", "[0,0]"))}"), "does not make the 0 bytes"),
    (safetensors("{\(entry("a", "[4611686018427387905]", "[0,4]"))}", data: 4), "does not make the 4 bytes"),
    (
      safetensors("{\(entry("a", "[1000000000000]", "[0,4000000000000]"))}", data: 4),
      "its tensors take 4000000000000 bytes"
    ),
    (safetensors("{\(entry("a", "[2]"))}", data: 4), "its shape [2] of F32 does not make the 4 bytes of its offsets"),
    (safetensors("{\(entry("a", "[0]"))}", data: 4), "does not make the 4 bytes"),
    (
      safetensors("{\(entry("a", "[" + String(repeating: "1,", count: 99) + "2]"))}", data: 4), "its shape of 100 sizes"
    ),
    (safetensors("{\(entry("a", "[1]", "[0,1]", type: "F4"))}", data: 1), "does not make the 1 bytes"),
    (safetensors("{\(entry("a", "[1]", "[4,0]"))}", data: 4), "\"data_offsets\" must be its beginning and its end"),
    (safetensors("{\(entry("a", "[1]", "[0,4,8]"))}", data: 8), "\"data_offsets\" must be its beginning and its end"),
    (safetensors("{\(entry("a", "[1]", "[4]"))}", data: 4), "\"data_offsets\" must be its beginning and its end"),
    (safetensors("{\(entry("a", "[1]", "[-4,0]"))}", data: 4), "\"data_offsets\" must hold whole numbers"),
    (safetensors("{\(entry("a", "[1]", "[\(huge),3]"))}", data: 4), "\"data_offsets\" must hold whole numbers"),
    (
      safetensors("{\(entry("a", "[1]", "[9223372036854775803,9223372036854775807]"))}", data: 4),
      "\"a\" begins at byte 9223372036854775803 of the data; what lies before ends at 0"
    ),
    (safetensors("{\(entry("a", "[1]", "[1,5]"))}", data: 5), "\"a\" begins at byte 1 of the data"),
    (
      safetensors("{\(entry("a")),\(entry("b"))}", data: 4),
      "begins at byte 0 of the data; what lies before ends at 4"
    ),
    (
      safetensors("{\(entry("a", "[2]", "[0,8]")),\(entry("b", "[1]", "[4,8]"))}", data: 8),
      "\"b\" begins at byte 4 of the data; what lies before ends at 8"
    ),
    (
      safetensors("{\(entry("a")),\(entry("b", "[1]", "[8,12]"))}", data: 12),
      "\"b\" begins at byte 8 of the data; what lies before ends at 4"
    ),
    (
      safetensors("{\(entry("a", "[1]", "[0,4]")),\(entry("z", "[0]", "[2,2]"))}", data: 4),
      "\"z\" begins at byte 2 of the data; what lies before ends at 4"
    ),
    (safetensors(String(repeating: "{\"a\":", count: 200)), "arrays and objects are nested more than 128 deep"),
    (safetensors("{\"\\ud800\":{}}"), "unpaired surrogate"),
    (safetensors("{\"a\u{1B}[2J\":1}"), "must be escaped in a string"),
    (safetensors("{\"\\u001b[2J\":1}"), "\"\\u{1B}[2J\": it must be an object"),
    ([4, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22], "not valid UTF-8"),
  ]

  @Test(arguments: attacks.indices)
  func `a hostile file is refused`(index: Int) {
    let (bytes, problem) = Self.attacks[index]
    let error = #expect(throws: ModelError.self) { _ = try read(bytes) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "") should say \(problem)")
  }

  /// A small hostile file must cost neither memory nor time. The limits are for ten rounds of all attacks.
  @Test func `all attacks are refused quickly and in little memory`() async {
    await #expect(processExitsWith: .success) {
      func used() -> (kilobytes: Int, microseconds: Int) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return (usage.ru_maxrss, 1_000_000 * usage.ru_utime.tv_sec + Int(usage.ru_utime.tv_usec))
      }
      _ = try? read(AttackTests.attacks[0].bytes)
      let before = used()
      for _ in 0..<10 { for attack in AttackTests.attacks { _ = try? read(attack.bytes) } }
      let after = used()
      #expect(after.kilobytes - before.kilobytes < 4096)
      #expect(after.microseconds - before.microseconds < 10_000 * AttackTests.attacks.count)
    }
  }
}
