/// Why one source gave no credentials.
public struct CredentialFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Source that was tried, in words for the operator, such as "environment".
    public var source: String
    /// What it lacked, or how it failed; one line.
    public var reason: String
    /// What can be done about it; nil when the reason says it all.
    public var hint: String?
    /// Whether the source is simply not set up here, so that the next one is tried.
    ///
    /// False means it is set up and broken: going on to another source could act as somebody else.
    public var isAbsent: Bool
    /// Sources that were tried before it and are not set up here.
    public var triedBefore: [CredentialFault]

    /// Makes a fault of a source that is set up and broken.
    public init(source: String, reason: String, hint: String? = nil) {
        self.source = source
        self.reason = reason
        self.hint = hint
        isAbsent = false
        triedBefore = []
    }

    /// Makes a fault of a source that is not set up here.
    public static func absent(_ source: String, _ reason: String) -> CredentialFault {
        var fault = CredentialFault(source: source, reason: reason)
        fault.isAbsent = true
        return fault
    }

    /// Source and reason, then those that were tried before.
    public var description: String {
        let earlier = triedBefore.map { "\($0.source): \($0.reason)" }
        let text = "\(source): \(reason)"
        return earlier.isEmpty ? text : text + "; tried before: " + earlier.joined(separator: "; ")
    }
}
