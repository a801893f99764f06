import MigrateCore
import Testing

/// Canonical text is one text for equal values, however it is made, and it is read back as what it was.
@Suite struct CanonicalBytesTests {
    private struct Small: Codable {
        var zebra: String?
        var ant: [Int32]
        var byTag: [String: Double]
        var waits: Duration
        var flag: Bool
    }

    private enum Shape: Codable {
        case plain
        case one(Small)
        case named(count: UInt8, note: String?)
        case nested([Shape])
    }

    private static let small = Small(
        zebra: "a\"b\\c\n\u{1}\u{1F680}한글",
        ant: [3, -1],
        byTag: ["b": 1.5, "a": 2.25],
        waits: .seconds(90),
        flag: true
    )

    private static let shapes: [Shape] = [
        .plain, .one(small), .named(count: 255, note: nil), .named(count: 0, note: ""), .nested([]),
        .nested([.plain, .nested([.one(small)]), .named(count: 1, note: "x")]),
    ]

    @Test(arguments: shapes.indices)
    func bytesOfASubjectAreThoseOfItsValue(index: Int) throws {
        let shape = Self.shapes[index]
        let value = try ValueEncoder.encode(shape)
        #expect(try ValueEncoder.bytes(of: shape) == value.bytes)
        #expect(try Value(parsing: value.text) == value)
        let again = try ValueDecoder.decode(Shape.self, from: value)
        #expect(try ValueEncoder.bytes(of: again) == value.bytes)
    }

    @Test func namesAreSortedByTheirBytesAndSignsAreEscaped() throws {
        let value: Value = ["é": 1, "z": [true, .null, 1.5, -0.0], "a\"": "\t\u{1f}/\u{7f}", "Z": [:]]
        #expect(value.text == #"{"Z":{},"a\"":"\t\u001f/"# + "\u{7f}" + #"","z":[true,null,1.5,0],"é":1}"#)
    }

    @Test(arguments: [
        (#""abc"#, 4, "string without an end"),
        (#""ab\"#, 4, "string without an end"),
        ("\"a\u{1}\"", 3, "control character in a string"),
        (#""a\nb"#, 5, "string without an end"),
        (#"["x" "y"]"#, 5, "`,` or `]` expected"),
        (#"{"a":1,}"#, 7, "name expected"),
        ("12a", 2, "text after the end of the value"),
        ("--1", 0, "not a number"),
        (#""\ud800x""#, 7, "half a surrogate pair"),
    ])
    func whatIsNoJSONIsSaidWhereItIs(text: String, offset: Int, message: String) {
        let error = #expect(throws: ValueSyntaxError.self) { try Value(parsing: text) }
        #expect(error?.offset == offset)
        #expect(error?.message == message)
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        #expect(throws: ValueSyntaxError.self) { try Value(parsing: [0x22, 0xC3, 0x22]) }
        #expect(throws: ValueSyntaxError.self) { try Value(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }

    @Test(arguments: ["70.0", "7e1", "-0.0", "1e-400", "1E3"]) func aWholeNumberIsOneHoweverItIsWritten(text: String)
        throws
    {
        let read = try Value(parsing: text)
        #expect(try Value(parsing: read.text) == read)
    }

    @Test func wholeNumbersStayWholeToTheLastDigit() throws {
        for text in ["0", "-1", "999999999999999999", "9223372036854775807", "-9223372036854775808"] {
            #expect(try Value(parsing: text) == .integer(Int64(text) ?? 0))
        }
        #expect(try Value(parsing: "9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test func aMistakeIsPlacedByThePathToIt() throws {
        let value: Value = ["nested": ["_0": [["plain": [:]], ["one": ["_0": ["ant": ["x"]]]]]]]
        let error = #expect(throws: DecodingError.self) { try ValueDecoder.decode(Shape.self, from: value) }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(String(describing: error)) where a mismatch was expected")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["nested", "_0", "one", "_0", "ant"])
    }
}
