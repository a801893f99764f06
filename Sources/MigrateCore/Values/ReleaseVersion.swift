/// Version of a release: `1.4.0`, `2.0.0-rc.1`.
///
/// Source: https://semver.org/spec/v2.0.0.html, of which this is the order without build metadata; parts of a
/// pre-release are compared as whole texts.
public struct ReleaseVersion: Sendable, Hashable, Comparable {
    /// Major, minor and patch.
    public var numbers: [Int]
    /// What follows the hyphen; nil for a release.
    public var preRelease: String?

    /// Makes the version of a release.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        numbers = [major, minor, patch]
    }

    /// Reads the first version in what a program says of itself, as in `Docker version 28.2.2, build e6534b4`; nil when
    /// there is none.
    ///
    /// What is not said counts as 0. What follows the numbers is left out: a distribution's mark is no pre-release.
    public init?(saidIn text: String) {
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "(" }) {
            let bare = word.first == "v" ? word.dropFirst() : word
            let core = bare.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
            let parts = core.split(separator: ".", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { Int($0) }
            guard bare.first?.isNumber == true, numbers.count >= 2, numbers.count == parts.count else { continue }
            self.init(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0)
            return
        }
        return nil
    }

    /// As it is written: `1.4.0`.
    public var text: String {
        numbers.map(String.init).joined(separator: ".") + (preRelease.map { "-\($0)" } ?? "")
    }

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
