import StrictJSON
import Testing

@Suite struct WriterTests {
  let value: JSON = [
    "step": 100, "loss": .real(2.42 as Float), "rate": .real(0.1), "none": .real(Double.nan), "list": [1, [], "a\"b"],
    "empty": [:], "yes": true,
  ]

  @Test func `members are written in their order`() {
    #expect(
      value.description
        == #"{"step":100,"loss":2.42,"rate":0.1,"none":null,"list":[1,[],"a\"b"],"empty":{},"yes":true}"#)
  }

  @Test func `pretty-printed text is indented`() {
    #expect(
      value.text(pretty: true) == """
        {
          "step": 100,
          "loss": 2.42,
          "rate": 0.1,
          "none": null,
          "list": [
            1,
            [],
            "a\\"b"
          ],
          "empty": {},
          "yes": true
        }
        """)
  }

  @Test func `written text cannot end an HTML script`() throws {
    let hostile: JSON = ["</script>": "<!-- \u{1}"]
    let text = hostile.text(safeInHTML: true)
    #expect(text == #"{"\u003c/script>":"\u003c!-- \u0001"}"#)
    #expect(try JSON(parsing: text) == hostile)
  }

  @Test(arguments: [
    0.1, 1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -0.0, 1e16, 123_456_789_012_345_680,
    2.2250738585072014e-308,
  ])
  func `doubles are restored to the bit`(value: Double) throws {
    let read = try JSON(parsing: JSON.real(value).description)
    #expect(read.number?.double.bitPattern == value.bitPattern)
  }

  @Test func `floats are restored to the bit`() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10_000 {
      let bits = UInt32.random(in: 0..<0x7F80_0000, using: &generator)
      let value = Float(bitPattern: bits)
      let read = try JSON(parsing: JSON.real(value).description)
      #expect(read.number.map { Float($0.double) } == value, "bits \(bits)")
    }
  }

  @Test func `a member is replaced or appended`() {
    var object = JSON.Object()
    object["a"] = 1
    object["b"] = 2
    object["a"] = 3
    #expect(JSON.object(object) == ["a": 3, "b": 2])
    object["a"] = nil
    #expect(JSON.object(object) == ["b": 2])
    #expect(JSON.Object([.init(key: "x", value: 1), .init(key: "x", value: 1)]) == nil)
  }

  @Test func `errors of accessors name the problem`() throws {
    let object = try #require(value.object)
    #expect(try object.integer("step") == 100)
    #expect(try object.double("step") == 100)
    #expect(try object.array("list").count == 3)
    func sentence(_ body: () throws -> Void) -> String? {
      #expect(throws: JSONError.self, performing: body)?.description
    }
    #expect(sentence { _ = try object.string("steps") } == "\"steps\" is missing.")
    #expect(sentence { _ = try object.string("step") } == "\"step\" must be a string, not a number.")
    #expect(sentence { _ = try object.bool("none") } == "\"none\" must be true or false, not null.")
    #expect(
      sentence { _ = try object.integer("loss") }
        == "\"loss\" is 2.42; it must be a whole number from -9223372036854775808 to 9223372036854775807.")
    #expect(try object.integer("step", as: Int8.self) == 100)
    #expect(
      sentence {
        _ = try object.integer("step", as: UInt8.self)
        _ = try (["x": -1] as JSON).object?.integer("x", as: UInt8.self)
      }
        == "\"x\" is -1; it must be a whole number from 0 to 255.")
    #expect(sentence { try object.refuseMembers(otherThan: ["step"]) } == "\"loss\" is not a known member.")
  }

  @Test func `quoted text is escaped and shortened`() {
    #expect(JSON.quoted("a\u{1B}[31m\u{202E}") == "\"a\\u{1B}[31m\\u{202E}\"")
    #expect(JSON.quoted(String(repeating: "x", count: 1000)).count == 63)
  }
}
