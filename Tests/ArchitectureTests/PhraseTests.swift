import Testing

/// What the tool says at night has both of its forms, English and Korean.
///
/// The compiler asks `Language.says` for both; what is left is to hold that our words go through it.
@Suite struct PhraseTests {
    /// Files of reports that hold words for people; what is for programs has no language.
    private static let reports: [TextFile] = Repository.swiftFiles(in: "Sources/Reports").filter { file in
        let folders = ["Back", "Forecast", "Live", "Log", "Markdown", "Status", "Step", "Verification"]
        let isOfPeople =
            folders.contains { file.path.hasPrefix("Sources/Reports/\($0)/") }
            || ["ReportTime", "ReportWords"].contains { file.path.hasSuffix("/\($0).swift") }
        return isOfPeople && !file.path.hasSuffix("+JSON.swift")
    }

    /// Commands of the night, and what they say.
    private static let commands: [TextFile] = Repository.swiftFiles(in: "Sources/migrate").filter { file in
        let names = [
            "Approve", "Back", "Log", "Look", "Doctor", "Init", "Report", "Request", "Revise", "Run", "Serve", "Status",
            "Validate",
        ]
        return names.contains { file.path.contains("Commands/\($0)") } || file.path.contains("migrate/Screen/")
            || file.path.contains("/RunKeeper") || file.path.hasSuffix("/Phrasebook+Night.swift")
    }

    /// `item` takes both forms as `says` does.
    @Test func whatReportsSayIsSaidInBothLanguages() {
        #expect(Self.reports.count >= 18, "the reports are not where this test looks")
        #expect(Self.reports.flatMap { Self.places(in: $0) { $0.isDisjoint(with: ["says", "item"]) } } == [])
    }

    @Test func whatCommandsSayIsSaidInBothLanguages() {
        #expect(Self.commands.count >= 15, "the commands are not where this test looks")
        let ways: Set = ["say", "print", "confirms"]
        let found = Self.commands.flatMap { file in
            Self.places(in: file) { calls in
                !calls.contains("says")
                    && (file.path.hasSuffix("+Night.swift") || !ways.isDisjoint(with: calls))
            }
        }
        #expect(found == [])
    }

    @Test func whatDoctorAndInitSayIsSaidInBothLanguages() {
        let files =
            Repository.swiftFiles(in: "Sources/migrate/Doctor") + Repository.swiftFiles(in: "Sources/migrate/Init")
        #expect(files.count >= 8, "they are not where this test looks")
        #expect(files.flatMap { Self.places(in: $0) { $0.isDisjoint(with: ["says"]) } } == [])
    }

    @Test(arguments: [
        (#"page.add("going back")"#, true), (#"page.add(language.says("going back", ko: "되돌리는 중"))"#, false),
        (#"Line("hint: ")"#, true), (#"let clock = "\(time), `migrate run --new`""#, false),
        (#"case .kept: "in_doubt""#, false), (#"says("a \(b ? "one two" : "")", ko: "가")"#, false),
        (#"page.add("\(count) more to come")"#, true), (#"// Line("two words")"#, false),
    ])
    func onlyWordsOutsideOfSaysAreFound(code: String, isFound: Bool) {
        let places = Self.places(in: TextFile(path: "Some.swift", text: code)) { !$0.contains("says") }
        #expect(places.isEmpty != isFound)
    }

    /// Texts of `file` with words for people in calls that `isWanted`, but for commands to a workflow.
    private static func places(in file: TextFile, where isWanted: (Set<String>) -> Bool) -> [String] {
        SwiftTexts(file.text).all.filter { isWanted($0.calls) && isProse($0.words) && !$0.words.hasPrefix("::") }
            .map { "\(file.path):\($0.line): \($0.words)" }
    }

    /// Whether `words` hold a word with something to follow; names and commands stand alone or in backticks.
    private static func isProse(_ words: String) -> Bool {
        words.replacing(/`[^`]*`/, with: "").contains(/[A-Za-z]{2,}[:,;]? |[:,;] [A-Za-z]{2,}|^ [A-Za-z]{2,}/)
    }
}
