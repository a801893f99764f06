/// A program that a kind runs, and the oldest version of it that will do.
public struct NeededProgram: Sendable, Hashable {
    /// What is wrong with the version of a program that is here.
    public enum Lack: Sendable, Hashable {
        /// It is older than the oldest that will do.
        case tooOld(found: ReleaseVersion, least: ReleaseVersion)
        /// It names no version.
        case untold(least: ReleaseVersion)
    }

    /// Name, as it is looked for in `PATH`: `terraform`.
    public var name: String
    /// Oldest version that will do; nil when any will.
    public var least: ReleaseVersion?

    /// Makes the need of a program.
    public init(_ name: String, least: ReleaseVersion? = nil) {
        self.name = name
        self.least = least
    }

    /// What is wrong with a program that says `said` of its version; nil when it will do.
    public func lack(in said: String) -> Lack? {
        guard let least else { return nil }
        guard let found = ReleaseVersion(saidIn: said) else { return .untold(least: least) }
        return found < least ? .tooOld(found: found, least: least) : nil
    }
}
