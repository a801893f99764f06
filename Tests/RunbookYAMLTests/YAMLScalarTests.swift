import MigrateCore
import RunbookYAML
import Testing

/// What values without quotes mean, seen through an environment file.
@Suite struct YAMLScalarTests {
    private func value(_ text: String) throws(Diagnostics) -> Value? {
        try EnvironmentReader.read(text: "x: \(text)\n", file: "e.yaml")["x"]?.value
    }

    @Test(
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("nULL", "nULL"),
            ("true", true), ("False", false), ("TRUE", true), ("tRUE", "tRUE"),
            ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"),
            ("0", 0), ("-0", 0), ("12", 12), ("-12", -12), ("+12", 12),
            ("012", "012"), ("0o14", 12), ("0x1F", 31), ("0x", "0x"), ("0x-5", "0x-5"), ("1_000", "1_000"),
            ("012345678901", "012345678901"), ("9223372036854775807", 9_223_372_036_854_775_807),
            ("9223372036854775808", "9223372036854775808"),
            ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1.5e3", -1500.0), ("1e3", 1000.0), ("1e", "1e"), (".", "."),
            ("-", "-"), ("+", "+"), ("1.2.3", "1.2.3"), (".inf", ".inf"), (".nan", ".nan"), ("1e999", "1e999"),
            ("10.0.0.0/16", "10.0.0.0/16"), ("5m", "5m"), ("2026-01-13", "2026-01-13"), ("22:22", "22:22"),
            ("'12'", "12"), ("\"true\"", "true"), ("\"\\u0041\"", "A"), ("!!str 12", "12"),
            ("[1, {a: b}]", [1, ["a": "b"]]),
        ] as [(String, Value)]
    )
    func plainValuesFollowTheCoreSchema(text: String, expected: Value) throws {
        // `-` alone would begin a list.
        let written = text == "-" ? "'-'" : text
        #expect(try value(written) == expected)
    }

    @Test func anchorsStandForTheirValue() throws {
        let values = try EnvironmentReader.read(text: "a: &x {b: 1}\nc: *x\n", file: "e.yaml")
        #expect(values["c"]?.value == ["b": 1])
    }

    @Test func anAliasBombIsRefused() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            let before = "*a\(level - 1)"
            let list = Array(repeating: before, count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        #expect(throws: Diagnostics.self) { try EnvironmentReader.read(text: text, file: "e.yaml") }
    }

    @Test func deepNestingIsRefused() {
        let text = "a: " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        do throws(Diagnostics) {
            _ = try EnvironmentReader.read(text: text, file: "e.yaml")
            Issue.record("200 levels were read")
        } catch {
            #expect(error.all.map(\.message) == ["too deep: more than 100 levels"])
        }
    }

    @Test(arguments: ["a: 1\r\nb: ${\r\n", "a: 1\rb: ${\r", "a: 1\u{2028}b: ${\n", "a: 1\u{85}b: ${\n"])
    func allEndsOfLinesAreCounted(text: String) {
        do throws(Diagnostics) {
            _ = try EnvironmentReader.read(text: text, file: "e.yaml")
            Issue.record("read")
        } catch {
            let rendered = error.all.map { $0.rendered(source: text) }
            #expect(
                rendered == [
                    """
                    error: `${` is not closed
                      --> e.yaml:2:4
                      |
                    2 | b: ${
                      |    ^^
                    hint: add `}`, or write `$${` for the characters themselves
                    """
                ]
            )
        }
    }
}
