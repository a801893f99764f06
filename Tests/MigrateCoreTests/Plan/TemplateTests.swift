import MigrateCore
import Testing

@Suite struct TemplateTests {
    private static let known: Value = [
        "host": "a.example", "port": 8080, "flag": true, "list": [1, 2], "map": ["key": "v", "a.b": "dotted"],
        "name": "key", "index": 0, "money": "$", "braces": "${x}", "nothing": .null,
    ]

    private struct Missing: Error, Equatable {
        var path: [String]
    }

    private func lookup(_ path: [String]) throws -> Value {
        var value = Self.known
        for name in path {
            if let elements = value.array, let index = Int(name), elements.indices.contains(index) {
                value = elements[index]
            } else if let member = value.object?[name] {
                value = member
            } else {
                throw Missing(path: path)
            }
        }
        return value
    }

    @Test(
        arguments: [
            ("", ""), ("plain", "plain"), ("$", "$"), ("$$", "$$"), ("{}", "{}"), ("$ {x}", "$ {x}"),
            ("${host}", "a.example"), ("${port}", 8080), ("${flag}", true), ("${list}", [1, 2]), ("${nothing}", .null),
            ("https://${host}:${port}/", "https://a.example:8080/"), ("${flag} ${list}", "true [1,2]"),
            ("${map.key}", "v"), ("${list.1}", 2), ("${map.\"a.b\"}", "dotted"), ("${\"host\"}", "a.example"),
            ("${map.${name}}", "v"), ("${list.${index}}", 1), ("<${map.${map.${name}}}>", nil),
            ("$${host}", "${host}"), ("a $${b} ${port}", "a ${b} 8080"), ("$$${host}", "$${host}"),
            ("${braces}", "${x}"), ("${money}{", "${"), ("값 ${host} 끝", "값 a.example 끝"),
        ] as [(String, Value?)]
    )
    func aWholeReferenceKeepsItsTypeAndOthersBecomeText(text: String, expected: Value?) throws {
        guard let expected else {
            #expect(throws: Missing.self) { try Template.resolve(.string(text), lookup: lookup) }
            return
        }
        #expect(try Template.resolve(.string(text), lookup: lookup) == expected)
    }

    @Test func everyTextInsideIsFilled() throws {
        let value: Value = ["a": ["${host}", 1, ["b": "${port}"]], "${host}": "x"]
        #expect(
            try Template.resolve(value, lookup: lookup) == ["a": ["a.example", 1, ["b": 8080]], "${host}": "x"]
        )
    }

    @Test(arguments: [
        ("${", 0, "`${` is not closed"), ("a ${b", 0, "`${` is not closed"), ("${a} ${", 1, "`${` is not closed"),
        ("${a.\"b}", 0, "`${` is not closed"), ("${a ${b}", 0, "`${…}` holds something that is no name"),
        ("${}", 0, "a name is missing in `${…}`"), ("$${a} ${}", 1, "a name is missing in `${…}`"),
        ("${a.}", 0, "a name is missing in `${…}`"), ("${.a}", 0, "a name is missing in `${…}`"),
        ("${a..b}", 0, "a name is missing in `${…}`"), ("${a b}", 0, "`${…}` holds something that is no name"),
        ("${a.${}}", 1, "a name is missing in `${…}`"), ("${\"a\"b}", 0, "`${…}` holds something that is no name"),
        ("${a${b}}", 0, "`${…}` holds something that is no name"),
    ])
    func mistakesNameTheirReference(text: String, occurrence: Int, message: String) {
        do throws(TemplateSyntaxError) {
            _ = try Template(text)
            Issue.record("`\(text)` was read")
        } catch {
            #expect(error.occurrence == occurrence)
            #expect(error.message == message)
        }
    }

    @Test func referencesInsideEachOtherAreLimited() {
        let text = String(repeating: "${a.", count: 5000) + "b" + String(repeating: "}", count: 5000)
        #expect(throws: TemplateSyntaxError.self) { try Template(text) }
    }

    /// What is known before the run is filled in; the rest must resolve later to what resolving at once would give.
    @Test(arguments: [
        "${host}", "${late}", "${host}/${late}", "$${host}/${late}", "${braces} ${late}", "${map}", "${braces}",
        "${list.${index}} ${late}", "$$${late}", "${late.\"a.b\".c}", "x",
    ])
    func fillingInTwoStepsIsTheSameAsInOne(text: String) throws {
        func late(_ path: [String]) throws -> Value {
            path[0] == "late" ? .string(path.joined(separator: "+")) : try lookup(path)
        }
        let filled = try Template(text).filled { path, _ in
            guard path[0] != "late" else { return nil }
            return try lookup(path)
        }
        #expect(try Template.resolve(filled, lookup: late) == Template.resolve(.string(text), lookup: late))
    }

    @Test func aDollarBeforeALateNameIsRefused() throws {
        #expect(throws: TemplateSyntaxError.self) {
            try Template("${money}${late}").filled { path, _ in path[0] == "late" ? nil : try lookup(path) }
        }
    }

    @Test func aNameInsideANameMustBeKnown() throws {
        #expect(throws: TemplateSyntaxError.self) { try Template("${map.${late}}").filled { _, _ in nil } }
        #expect(throws: TemplateSyntaxError.self) { try Template.resolve("${map.${list}}", lookup: lookup) }
    }

    @Test(arguments: [["a"], ["a", "b"], ["a.b", "c"], ["a\"b\\", "$"], [" "], ["한국", "x y"], [""]])
    func writtenNamesAreReadAgain(path: [String]) throws {
        let read = try Template.resolve(.string(Template.text(of: path))) { .array($0.map { .string($0) }) }
        #expect(read == .array(path.map { .string($0) }))
    }

    @Test(arguments: ["", "a", "${a}", "$${a}", "$$${", "$", "${", "a$b{c"])
    func escapedTextsYieldThemselves(text: String) throws {
        #expect(try Template.resolve(.string(Template.escaped(text))) { throw Missing(path: $0) } == .string(text))
    }

    @Test func onlyRealReferencesCount() {
        #expect(Template.hasReferences("a ${b}"))
        #expect(!Template.hasReferences("a $${b}"))
        #expect(!Template.hasReferences("a {b} $"))
    }
}
