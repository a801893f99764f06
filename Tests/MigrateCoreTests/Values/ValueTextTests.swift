import MigrateCore
import Testing

@Suite struct ValueTextTests {
    static let samples: [Value] = [
        .null, true, false, 0, -1, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808, 1.5, -0.25, 1e300,
        .number(.leastNonzeroMagnitude),
        0.1, "", "a", "\"\\\u{0}\u{1F}\n\r\t/", "한국 🇰🇷", "e\u{301}", [], [[], [.null]], [:],
        ["b": 1, "a": ["c": [1, "x"]], "": .null, "é": 1, "e\u{301}": 2, "한": 3, "A": 4],
    ]

    @Test(arguments: samples) func textIsReadBackAsTheSameValue(value: Value) throws {
        #expect(try Value(parsing: value.text) == value)
        #expect(try Value(parsing: value.indentedText) == value)
    }

    @Test(arguments: samples) func readingAndWritingAgainChangesNothing(value: Value) throws {
        #expect(try Value(parsing: value.text).text == value.text)
    }

    @Test func namesAreSortedByTheirBytes() {
        let value: Value = ["é": 1, "z": 2, "Z": 3, "a": 4, "aa": 5, "": 6, "\u{1F600}": 7, "\u{FFFD}": 8]
        #expect(value.text == #"{"":6,"Z":3,"a":4,"aa":5,"z":2,"é":1,"�":8,"😀":7}"#)
        // Swift itself would put `f` first: it compares the composed form of the other.
        #expect(Value.object(["f": 1, "e\u{301}": 2]).text == "{\"e\u{301}\":2,\"f\":1}")
    }

    @Test func equalValuesHaveEqualText() throws {
        let one = try Value(parsing: #" { "b" : [ 1 , 2.50 ] , "a" : "\u0041\ud83d\ude00\/" } "#)
        let other = try Value(parsing: #"{"a":"A😀/","b":[1,2.5]}"#)
        #expect(one == other)
        #expect(one.text == other.text)
        #expect(one.text == #"{"a":"A😀/","b":[1,2.5]}"#)
    }

    @Test(arguments: [(1.0, "1"), (-0.0, "0"), (1e3, "1000"), (0.1, "0.1"), (1e21, "1e+21"), (.infinity, "null")])
    func numbersAreWrittenShort(number: Double, text: String) {
        #expect(Value.number(number).text == text)
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "nul", "truee", "1 2", "+1", "--1", "1e", "\"",
        "\"\\x\"",
        "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\n\"", "[1", "{\"a\":1", "'a'", "1e999",
    ])
    func textThatIsNoJSONIsRefused(text: String) {
        #expect(throws: ValueSyntaxError.self) { try Value(parsing: text) }
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        #expect(throws: ValueSyntaxError.self) { try Value(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func nestingIsLimited() throws {
        let deep = String(repeating: "[", count: 127) + String(repeating: "]", count: 127)
        #expect(try Value(parsing: deep).text == deep)
        #expect(throws: ValueSyntaxError.self) { try Value(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test func wholeNumbersBeyond64BitsBecomeNumbers() throws {
        #expect(try Value(parsing: "9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test func everyPrefixOfATextIsReadOrRefused() throws {
        let text = Value.array(Self.samples).text.utf8
        for length in 0..<text.count {
            #expect(throws: ValueSyntaxError.self) { try Value(parsing: text.prefix(length)) }
        }
    }
}
