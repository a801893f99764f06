import Testing

@testable import AWSClient

@Suite struct XMLParserTests {
    private func parse(_ text: String) throws -> XMLNode { try XMLParser.parse(Array(text.utf8)) }

    @Test func textAttributesAndReferencesAreRead() throws {
        let node = try parse("<a x='1'>\n  <b>&lt;&amp;&#xD55C;<![CDATA[<c>]]></b>\n  <b/>\n</a>")
        #expect(
            node
                == XMLNode(
                    name: "a",
                    attributes: ["x": "1"],
                    children: [XMLNode(name: "b", text: "<&한<c>"), XMLNode(name: "b")]
                )
        )
    }

    @Test(arguments: [
        "<!DOCTYPE l [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>",
        "<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>",
        "<!DOCTYPE html><html></html>",
    ])
    func documentTypesAreRefused(text: String) {
        #expect {
            try parse(text)
        } throws: { error in
            (error as? XMLFault)?.reason == "a document type declaration, which is not allowed"
        }
    }

    @Test(arguments: ["", "<a>", "<a/>x", "<a><b></a>", "<a>&nbsp;</a>", "plain", "<a>\u{1}</a>"])
    func brokenDocumentsAreRefusedWithAPlace(text: String) {
        #expect(throws: XMLFault.self) { try parse(text) }
    }

    @Test func depthAndSizeAreBounded() {
        #expect(throws: XMLFault.self) { try parse(String(repeating: "<a>", count: 100)) }
        #expect(throws: XMLFault.self) {
            try XMLParser.parse(Array("<a><b/><b/><b/></a>".utf8), nodeLimit: 3)
        }
    }

    @Test func wrongValuesAreNamedByTheirPath() throws {
        let node = try parse("<R><Count>x</Count><Truth>yes</Truth><When>soon</When></R>")
        #expect(throws: ShapeFault(path: "R.Count", reason: "`x` is not a whole number")) { try node.integer("Count") }
        #expect(throws: ShapeFault(path: "R.Truth", reason: "`yes` is neither true nor false")) {
            try node.boolean("Truth")
        }
        #expect(throws: ShapeFault(path: "R.When", reason: "`soon` is not a moment")) { try node.timestamp("When") }
        #expect(throws: ShapeFault(path: "R.Name", reason: "missing")) { try node.required("Name") }
    }
}
