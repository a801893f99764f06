/// One question to one server.
public struct DNSQuestion: Sendable, Equatable {
    /// Record types that can be asked for; raw values are those of the wire.
    public enum RecordType: UInt16, Sendable, CaseIterable {
        case a = 1
        case ns = 2
        case cname = 5
        case soa = 6
        case txt = 16
        case aaaa = 28
        case caa = 257
    }
    /// Name asked for, with or without its final dot.
    public var name: String
    /// Type asked for.
    public var type: RecordType
    /// `address:port` of the server; nil asks the system's resolvers.
    public var server: String?
    /// Whether to ask over TCP from the start.
    public var usesTCP: Bool
    /// Whether the server may ask others; false when asking an authoritative server.
    public var isRecursive: Bool
    /// Time allowed for the whole answer.
    public var timeout: Duration

    /// Makes a question: UDP, recursive, 3 s.
    public init(name: String, type: RecordType, server: String?) {
        self.name = name
        self.type = type
        self.server = server
        usesTCP = false
        isRecursive = true
        timeout = .seconds(3)
    }
}
