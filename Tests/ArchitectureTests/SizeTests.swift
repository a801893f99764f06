import Testing

/// Files that fit into a reader's head.
@Suite struct SizeTests {
    private static let limit = 300
    private static let limitWithReason = 500
    /// Says why a file is longer than usual; stands at its top.
    private static let excuse = "// Why long:"

    @Test func filesAreShortOrSayWhyNot() {
        let files = Repository.files.filter { $0.path.hasSuffix(".swift") }
        #expect(files.count > 100, "the sources are not where this test looks")
        #expect(files.compactMap { Self.complaint(about: $0) } == [])
    }

    @Test(arguments: [(300, false, true), (301, false, false), (500, true, true), (501, true, false)])
    func aReasonAllowsMoreButNotEverything(lines: Int, hasReason: Bool, isFine: Bool) {
        let first = hasReason ? "\(Self.excuse) a table that would be harder to read in parts\n" : "import Testing\n"
        let file = TextFile(path: "Some.swift", text: first + String(repeating: "\n", count: lines - 1))
        #expect((Self.complaint(about: file) == nil) == isFine)
    }

    private static func complaint(about file: TextFile) -> String? {
        let count = file.lines.count
        let isExcused = file.lines.prefix(5).contains { $0.hasPrefix(excuse) }
        let most = isExcused ? limitWithReason : limit
        return count <= most ? nil : "\(file.path): \(count) lines, at most \(most)"
    }
}
