import Testing

/// What the rules, the steps and the loop may not reach by themselves: time, chance, environment, files.
///
/// Why: they get these through ports, so that every test decides them, and a replay gives what the night gave.
@Suite struct PurityTests {
    static let targets = ["MigrateCore", "Steps", "Runner"]

    /// What may not be reached, and the words that reach it.
    private struct Ban {
        let what: String
        /// Every breach holds one of these; looking for them first spares most lines the pattern.
        let hints: [String]
        let pattern: Regex<Substring>

        init(what: String, hints: [String], pattern: Regex<Substring>) {
            self.what = what
            self.hints = hints
            // Why simple: in Unicode's rules `a.b` is one word.
            self.pattern = pattern.wordBoundaryKind(.simple)
        }
    }

    /// Words that reach the world; a port's own, such as `clock.sleep(for:)` and `world.random()`, are not among them.
    private static var bans: [Ban] {
        [
            Ban(
                what: "the time",
                hints: ["Date", "Clock", "clock_", "gettimeofday", "DispatchTime", "CFAbsolute"],
                pattern:
                    #/
                    \bDate\s*[(.]
                    | \b(?:Continuous|Suspending)Clock\b
                    | \bclock_gettime\b
                    | \b(?:gettimeofday|DispatchTime|CFAbsoluteTime)
                /#
            ),
            Ban(
                what: "sleep",
                hints: ["sleep"],
                pattern:
                    #/
                    \b(?:u|nano)sleep\s*\(
                    | (?:^|[^.\w])sleep\s*\(\s*(?!for\b|until\b)
                    | \b(?!clock\b|self\b)\w+(?:<[^>]*>)?\s*\.\s*sleep\s*\(
                /#
            ),
            Ban(
                what: "chance",
                hints: ["random", "shuffle", "UUID", "Random"],
                pattern:
                    #/
                    \b(?!world\b|self\b)\w+\s*\.\s*random
                    | \.\s*shuffled?\s*\(
                    | \bUUID\s*\(
                    | \bSystemRandom
                    | \barc4random
                    | \bgetrandom
                /#
            ),
            Ban(
                what: "the environment",
                hints: ["ProcessInfo", "env", "CommandLine"],
                pattern:
                    #/
                    \bProcessInfo\b
                    | \b(?:get|set|unset|secure_get)env\b
                    | \benviron\b
                    | \bCommandLine\b
                /#
            ),
            Ban(
                what: "files",
                hints: ["File", "contentsOf", "open", "unlink", "mkdir", "rename", "stat"],
                pattern:
                    #/
                    \bFile(?:Manager|Handle)\b
                    | \b(?:Data|String)\s*\(\s*contentsOf
                    | (?:^|[^.\w])(?:f?open|unlink|mkdir|rename|l?stat)\s*\(
                /#
            ),
            Ban(
                what: "processes",
                hints: ["Process", "posix_spawn", "exec", "URLSession"],
                pattern: /(?:^|[^.\w])Process\s*\(|\bposix_spawn|\bexecv|\bURLSession\b/
            ),
        ]
    }

    @Test(arguments: targets) func reachesNothingByItself(target: String) {
        let files = Repository.swiftFiles(in: "Sources/\(target)")
        #expect(files.count > 5, "the sources are not where this test looks")
        #expect(files.flatMap { Self.breaches(in: $0) } == [])
    }

    @Test(arguments: [
        "let now = Date()", "try await Task.sleep(for: .seconds(1))", "sleep(1)", "Int.random(in: 0..<4)",
        "list.randomElement()", "ProcessInfo.processInfo.environment", "getenv(\"HOME\")",
        "FileManager.default", "Data(contentsOf: url)", "let line = \"\\(Date())\"", "open(path, O_RDONLY)",
    ]) func aWordThatReachesTheWorldIsFound(code: String) {
        #expect(!Self.breaches(in: TextFile(path: "Some.swift", text: code)).isEmpty)
    }

    @Test(arguments: [
        "try await clock.sleep(for: .seconds(1))", "func sleep(for duration: Duration) async throws",
        "String(world.random(), radix: 16)", "world.environment[name]", "// Date() is read elsewhere",
        "\"sleep(1)\"", "try await world.files.read(path)", "/* Task.sleep */",
    ]) func aPortsOwnWordIsNot(code: String) {
        #expect(Self.breaches(in: TextFile(path: "Some.swift", text: code)).isEmpty)
    }

    private static func breaches(in file: TextFile) -> [String] {
        let near = bans.filter { ban in ban.hints.contains { file.text.contains($0) } }
        guard !near.isEmpty else { return [] }
        return SwiftCode(file.text).lines.enumerated().flatMap { index, line in
            near.filter { ban in ban.hints.contains { line.contains($0) } && line.firstMatch(of: ban.pattern) != nil }
                .map { "\(file.path):\(index + 1): reaches \($0.what): \(line.trimmingPrefix(while: \.isWhitespace))" }
        }
    }
}
