import MigrateCore
import Testing

@testable import Reports

@Suite struct ImageDiffTests {
    static let cases: [(from: Value, to: Value, shown: [String])] = [
        (.null, .null, []),
        (["a": 1], ["a": 1], []),
        (.null, ["name": "x", "scan": true], ["+ name: \"x\"", "+ scan: true"]),
        (["name": "x"], .null, ["- name: \"x\""]),
        (["count": 0], ["count": 2], ["~ count: 0 → 2"]),
        (["a": ["b": ["c": 1]]], ["a": ["b": ["c": 2]]], ["~ a.b.c: 1 → 2"]),
        (["tags": [:]], ["tags": ["aws:x.y": "z"]], ["+ tags[\"aws:x.y\"]: \"z\""]),
        (["l": ["a", "b"]], ["l": ["a", "c"]], ["~ l[1]: \"b\" → \"c\""]),
        (["l": ["a", "b", "a"]], ["l": ["b", "a", "c", "d"]], ["- l[]: \"a\"", "+ l[]: \"c\"", "+ l[]: \"d\""]),
        (["l": []], ["l": [["n": 1]]], ["+ l[]: {\"n\":1}"]),
        ("old", "new", ["~ \"old\" → \"new\""]),
        (["a": .null], ["a": 1], ["~ a: null → 1"]),
        (["a": [:]], .null, ["- a: {}"]),
        (["a": 1], ["a": ["b": 2]], ["~ a: 1 → {\"b\":2}"]),
    ]

    @Test(arguments: cases.indices)
    func showsWhatDiffersAndNothingElse(index: Int) {
        let (from, to, shown) = Self.cases[index]
        var page = Page(.unbounded)
        ImageDiff(from: from, to: to).add(to: &page, indent: 0)
        #expect(page.lines.map { $0.rendered(.unbounded) } == shown)
    }

    @Test func longValuesAreWrappedAndNeverCut() {
        let policy = Value.string(String(repeating: "s3:GetObject ", count: 20) + "END")
        var page = Page(Style(width: 60))
        ImageDiff(from: ["policy": "none"], to: ["policy": policy]).add(to: &page, indent: 8)
        #expect(page.text.contains("END") && !page.text.contains("…"))
        #expect(page.lines.allSatisfy { $0.cells <= 60 })
    }
}
