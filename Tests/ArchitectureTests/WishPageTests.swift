import Testing

/// `docs/wishes.md` held against the tests that it names.
@Suite struct WishPageTests {
    /// A row of the page's table.
    private struct Row {
        /// Project and number, as `flagger#1801`.
        let key: String
        let address: String
        let wish: String
        let suite: String
        let file: String

        /// Name that the test of this wish is shown by.
        var test: String { "\(key): \(wish)" }
        var number: Substring { key.drop { $0 != "#" }.dropFirst() }
    }

    private static let rows: [Row] = {
        let page = Repository.files.first { $0.path == "docs/wishes.md" }
        let form = /\| \[([^\]]+)\]\(([^)]+)\): (.+?) \| .+? \| \[`(\w+)`\]\(\.\.\/([^)]+)\) \|/
        return (page?.lines ?? []).compactMap { line in
            line.wholeMatch(of: form)
                .map { match in
                    let (_, key, address, wish, suite, file) = match.output
                    return Row(
                        key: String(key),
                        address: String(address),
                        wish: String(wish),
                        suite: String(suite),
                        file: String(file)
                    )
                }
        }
    }()

    private static let files = Repository.swiftFiles(in: "Tests").filter { $0.path.contains("/Wishes/") }

    @Test func everyWishHasATestOfItsName() {
        #expect(Self.rows.count >= 15, "the table is not in the form that this test reads")
        for row in Self.rows {
            let file = Self.files.first { $0.path == row.file }
            #expect(file?.text.contains("struct \(row.suite) ") == true, "\(row.file) has no suite `\(row.suite)`")
            #expect(file?.text.contains("\"\(row.test)\"") == true, "\(row.file) has no test `\(row.test)`")
        }
    }

    @Test func everyTestOfAWishIsOnThePage() {
        let named = Self.files.flatMap { file in
            file.text.matches(of: /"(\w+#\d+: [^"]+)"/).map { String($0.output.1) }
        }
        #expect(named.sorted() == Self.rows.map(\.test).sorted())
    }

    @Test func everyLinkLeadsToTheIssueThatTheRowNames() {
        for row in Self.rows { #expect(row.address.hasSuffix("/issues/\(row.number)"), "\(row.key): \(row.address)") }
    }

    @Test func noRowOfTheTableIsPassedOver() {
        let page = Repository.files.first { $0.path == "docs/wishes.md" }
        let links = (page?.lines ?? []).filter { $0.hasPrefix("| [") }
        #expect(links.count == Self.rows.count)
    }
}
