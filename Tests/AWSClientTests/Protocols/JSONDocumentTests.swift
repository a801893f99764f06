import Testing

@testable import AWSClient

@Suite struct JSONDocumentTests {
    private func parse(_ text: String) throws -> JSONDocument { try JSONDocument(parsing: Array(text.utf8)) }

    @Test func everyKindOfValueIsRead() throws {
        let text = #" {"a":[null,true,false,-12,1.5e3,0,"x\n\u00e9\ud83d\ude00\/"],"b":{}} "#
        #expect(
            try parse(text) == [
                "a": [nil, true, false, -12, .number(1500), 0, "x\né😀/"], "b": [:],
            ]
        )
    }

    @Test func wholeNumbersOf64BitsAreExact() throws {
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("1732147200123456789").canonicalText == "1732147200123456789")
        #expect(try parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test func canonicalTextIsOneForEqualValues() throws {
        let one = try parse(#"{"b": 1, "a": [1.50, "é\u0001\""], "한": {}}"#)
        let two = try parse(#"{"한":{},"a":[1.5,"\u00e9\u0001\u0022"],"b":1}"#)
        #expect(one.canonicalText == two.canonicalText)
        #expect(one.canonicalText == #"{"a":[1.5,"é\u0001\""],"b":1,"한":{}}"#)
        #expect(try parse(one.canonicalText) == one)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "01", "1.", ".5", "+1", "-", "1e", "tru", "nul", "\"", "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"", "\"\\u+123\"", "\"\u{1}\"", "1 2", "{\"a\":1,\"a\":2}", "1e999", "{1:2}", "NaN",
    ])
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: JSONFault.self) { try parse(text) }
    }

    @Test func textThatIsNotUTF8IsRefused() {
        #expect(throws: JSONFault.self) { try JSONDocument(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func nestingIsBounded() {
        #expect(throws: JSONFault.self) { try parse(String(repeating: "[", count: 10_000)) }
    }
}
