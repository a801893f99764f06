/// Text that must not appear in a log, a message or a debugger's dump.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself; ask for it only where it leaves for the one it is meant for.
    public let exposed: String

    /// Hides `text`.
    public init(_ text: String) {
        exposed = text
    }

    /// Always `‹redacted›`.
    public var description: String { "‹redacted›" }

    /// Always `‹redacted›`.
    public var debugDescription: String { description }

    /// Shows nothing to `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Codable {
    /// Reads plain text.
    ///
    /// - Throws: `DecodingError` when it is not text.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// What tells an encoder to hide secrets: evidence of a request is written like the request.
    static let hidingKey = CodingUserInfoKey(rawValue: "hidesSecrets")

    /// Writes the plain text, for a request body; `‹redacted›` where the encoder is told to hide it.
    ///
    /// - Throws: `EncodingError` when the encoder refuses.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let isHidden = Self.hidingKey.map { encoder.userInfo[$0] as? Bool == true } ?? false
        try container.encode(isHidden ? description : exposed)
    }
}
