import Foundation
import MigrateCore
import RunbookYAML
import Testing

/// Each file `Broken/NAME.yaml` with all that `migrate validate` says of it in `NAME.txt`.
///
/// With `RECORD_SNAPSHOTS=1` the texts are written anew, and the tests fail so that nobody forgets to read them.
@Suite struct BrokenRunbookTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Broken")

    static let names: [String] = {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let urls = (files?.allObjects ?? []).compactMap { $0 as? URL }
        return urls.filter { $0.pathExtension == "yaml" }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }()

    @Test func thereAreBrokenRunbooks() {
        #expect(Self.names.count >= 30)
    }

    @Test(arguments: names) func everyMistakeIsShownAtItsPlace(name: String) throws {
        let yaml = Self.folder.appending(path: "\(name).yaml")
        let expected = Self.folder.appending(path: "\(name).txt")
        let messages = Fixtures.messages(try String(contentsOf: yaml, encoding: .utf8)) + "\n"
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try messages.write(to: expected, atomically: true, encoding: .utf8)
            Issue.record("recorded \(name).txt, read it")
            return
        }
        #expect(messages == (try String(contentsOf: expected, encoding: .utf8)))
        #expect(messages != "\n", "a broken runbook without a mistake")
    }
}
