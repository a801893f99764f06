import Foundation
import Testing

/// What the repository may not say, since it is true on one machine alone.
@Suite struct WordTests {
    /// Hosts that packages are fetched from.
    ///
    /// In halves, so that this file does not say what it forbids.
    private static let registries = [
        "pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs.org", "proxy." + "golang.org",
        "sum." + "golang.org", "index." + "crates.io", "static." + "crates.io", "deb." + "debian.org",
        "archive." + "ubuntu.com", "artifact" + "ory",
    ]

    /// Variables by which this machine may be told of a mirror; its host is forbidden as well.
    private static let mirrors = [
        "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "NPM_CONFIG_REGISTRY", "GOPROXY",
    ]

    /// Folders that every machine has, so that they may be spoken of even when the working copy stands in one.
    private static let common: Set = ["/", "/tmp/", "/var/", "/home/", "/usr/", "/opt/", "/srv/", "/root/", "/mnt/"]

    /// Folders of this machine: of the working copy, and the one it stands in.
    private static var folders: [String] {
        [Repository.root, Repository.root.deletingLastPathComponent()].map { $0.path + "/" }
            .filter { !common.contains($0) }
    }

    private static var hosts: [String] {
        let environment = ProcessInfo.processInfo.environment
        return registries + mirrors.compactMap { environment[$0].flatMap { URL(string: $0)?.host() } }
    }

    @Test func noFileNamesAFolderOfThisMachine() {
        #expect(Repository.files.count > 200, "the files are not where this test looks")
        #expect(Self.places(of: Self.folders) == [])
    }

    @Test func noFileNamesAPackageRegistry() {
        #expect(Self.places(of: Self.hosts) == [])
    }

    private static func places(of words: [String]) -> [String] {
        Repository.files.flatMap { file -> [String] in
            // Why the whole text first: most files hold none of the words, and looking line by line is slow.
            guard words.contains(where: { file.text.contains($0) }) else { return [] }
            return file.lines.enumerated().flatMap { index, line in
                words.filter { line.contains($0) }.map { "\(file.path):\(index + 1): `\($0)`" }
            }
        }
    }
}
