/// Version of a release: `1.4.0`, `2.0.0-rc.1`.
///
/// Source: https://semver.org/spec/v2.0.0.html, of which this is the order without build metadata; parts of a
/// pre-release are compared as whole texts.
public struct ReleaseVersion: Sendable, Hashable, Comparable {
    /// Major, minor and patch.
    public var numbers: [Int]
    /// What follows the hyphen; nil for a release.
    public var preRelease: String?

    /// Reads a version; nil for any other text.
    public init?(_ text: String) {
        let release = text.prefix { $0 != "+" }
        let core = release.prefix { $0 != "-" }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? Int($0) : nil }
        guard parts.count == 3, numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
        self.numbers = numbers
        preRelease = core.count < release.count ? String(release.dropFirst(core.count + 1)) : nil
    }

    /// Older before newer; a pre-release comes before its release.
    public static func < (one: ReleaseVersion, other: ReleaseVersion) -> Bool {
        if one.numbers != other.numbers { return one.numbers.lexicographicallyPrecedes(other.numbers) }
        switch (one.preRelease, other.preRelease) {
        case (let one?, let other?): return one.utf8.lexicographicallyPrecedes(other.utf8)
        case (_?, nil): return true
        case (nil, _): return false
        }
    }
}
