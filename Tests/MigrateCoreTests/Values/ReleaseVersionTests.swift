import MigrateCore
import Testing

@Suite struct ReleaseVersionTests {
    @Test func versionsAreOrderedByNumberAndNotByText() throws {
        let ordered = ["0.1.0", "0.2.0", "0.10.0", "1.0.0-alpha", "1.0.0-rc.1", "1.0.0", "1.0.1", "2.0.0+build-7"]
        let versions = try ordered.map { try #require(ReleaseVersion($0)) }
        #expect(versions == versions.sorted())
        #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
    }

    @Test(arguments: ["", "1", "1.2", "1.2.3.4", "a.b.c", "1..2", "1.-2.3", "bench", "v1.2.3", " 1.2.3"])
    func otherTextsAreNoVersions(text: String) {
        #expect(ReleaseVersion(text) == nil)
    }
}
