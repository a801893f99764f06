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

    @Test(arguments: [
        ("Terraform v1.11.4", "1.11.4"), ("Docker version 28.2.2, build e6534b4", "28.2.2"),
        ("buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)", "1.28.2"),
        ("podman version 4.9", "4.9.0"), ("Docker version 20.10.24+dfsg1, build 297e128", "20.10.24"),
        ("tool 2 (2.1.0-1~deb12)", "2.1.0"),
    ])
    func aProgramsOwnWordsHoldItsVersion(said: String, version: String) {
        #expect(ReleaseVersion(saidIn: said)?.text == version)
    }

    @Test(arguments: ["", "no version", "build 7", "v.1", "1..2"])
    func someProgramsSayNone(said: String) {
        #expect(ReleaseVersion(saidIn: said) == nil)
    }

    @Test func aProgramMustBeNewEnough() {
        let need = NeededProgram("tool", least: ReleaseVersion(1, 10))
        #expect(need.lack(in: "tool v1.10.0") == nil)
        #expect(need.lack(in: "tool v2.0.0") == nil)
        let old = NeededProgram.Lack.tooOld(found: ReleaseVersion(1, 9, 8), least: ReleaseVersion(1, 10))
        #expect(need.lack(in: "tool v1.9.8") == old)
        #expect(need.lack(in: "tool") == .untold(least: ReleaseVersion(1, 10)))
        #expect(NeededProgram("tool").lack(in: "tool") == nil)
    }
}
