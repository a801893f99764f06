import Foundation
import Testing

/// What the tool says to an operator: each folder of `Cases/` is one command and all of its answer.
///
/// `command` is a line of shell; `before`, when there, is run first and must succeed. `world` names what answers at
/// `AWS_ENDPOINT_URL`. `needs`, when there, is a line of shell that tells whether this machine can stage the case.
/// `expect.STATUS.txt` holds standard output, standard error and, in its name, the exit status. With
/// `RECORD_SNAPSHOTS=1` it is written anew, and the tests fail so that nobody forgets to read it. Cases named `answers-…`
/// go through the commands in one state of a run; `functions.sh` has what they are written in.
///
/// One after the other, as sixty processes at once only wait for each other.
@Suite(.serialized) struct CaseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    static let names: [String] = {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let urls = (walk?.allObjects ?? []).compactMap { $0 as? URL }
        return urls.filter { $0.lastPathComponent == "command" }
            .map { $0.deletingLastPathComponent().lastPathComponent }.sorted()
    }()

    @Test func thereAreCases() {
        #expect(Self.names.count >= 20)
    }

    @Test(.timeLimit(.minutes(5)), arguments: names) func everyAnswerIsTheOneThatWasReadAndAgreedTo(name: String)
        async throws
    {
        let place = Self.folder.appending(path: name)
        let workplace = try Workplace(
            runbook: try Self.text("runbook.yaml", of: place) ?? Self.text("runbook.yaml", of: Self.folder) ?? "",
            values: try Self.text("values.yaml", of: place) ?? "{}\n"
        )
        let endpoint = try Self.text("world", of: place).map { try Self.endpoint($0) }
        if let endpoint {
            workplace.environment.merge([
                "AWS_ENDPOINT_URL": endpoint.url, "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "an-example", "MIGRATE_TIME_SCALE": "600",
            ]) { $1 }
        }
        if let needs = try Self.text("needs", of: place), try await workplace.shell(needs).status != 0 {
            try Test.cancel("this machine cannot stage it: `\(needs.trimmingCharacters(in: .newlines))` fails")
        }
        let functions = try Self.text("functions.sh", of: Self.folder) ?? ""
        if let before = try Self.text("before", of: place) {
            let prepared = try await workplace.shell(functions + "set -e\n" + before)
            try #require(prepared.status == 0, "preparing failed: \(prepared.talk)")
        }
        let outcome = try await workplace.shell(functions + (try #require(try Self.text("command", of: place))))
        let answer = workplace.masked("stdout:\n\(outcome.output)\nstderr:\n\(outcome.talk)")
        #expect(Self.showsNoSwift(answer), "a value of the program shows through: \(answer)")
        try Self.compare(answer, "expect.\(outcome.status).txt", in: place)
        withExtendedLifetime(endpoint) {}
    }

    /// Whether no value of the program shows through as Swift prints it, such as `Optional(…)` or `Kind.case(…)`.
    private static func showsNoSwift(_ text: String) -> Bool {
        text.firstMatch(of: /Optional\(|\b[A-Z]\w+\.\w+\(|\b[A-Za-z]\w*\([a-z]\w*: |Error Domain=/) == nil
    }

    private static func compare(_ answer: String, _ file: String, in place: URL) throws {
        let known = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasPrefix("expect.") }
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            for old in known { try FileManager.default.removeItem(at: place.appending(path: old)) }
            try answer.write(to: place.appending(path: file), atomically: true, encoding: .utf8)
            Issue.record("recorded \(place.lastPathComponent)/\(file), read it")
            return
        }
        #expect(known == [file], "the exit status is another one: \(answer)")
        if let expected = try text(file, of: place) { #expect(answer == expected) }
    }

    private static func endpoint(_ name: String) throws -> Endpoint {
        let word = name.trimmingCharacters(in: .whitespacesAndNewlines)
        return try Endpoint(try #require(Endpoint.Answer(rawValue: word), "there is no world `\(word)`"))
    }

    private static func text(_ name: String, of place: URL) throws -> String? {
        let file = place.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
