/// Asks one name server one question.
///
/// The live one is `CAresDNSClient`; tests hand in their own.
public protocol DNSClient: Sendable {
    /// Asks `question`.
    ///
    /// Throws: `DNSFailure` when no answer could be read; `CancellationError` when the task was cancelled.
    /// NXDOMAIN, no data, SERVFAIL and REFUSED are answers, not errors.
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer
}

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

/// What a server said.
public enum DNSAnswer: Sendable, Equatable {
    /// Records of the type asked for, or the CNAMEs on the way to them.
    case records([DNSRecord], isAuthoritative: Bool)
    /// The name exists, without records of this type; `negativeTTL` in seconds from the SOA.
    case noData(negativeTTL: UInt32?)
    /// The name does not exist; `negativeTTL` in seconds from the SOA.
    case noName(negativeTTL: UInt32?)
    /// The server would not or could not answer; the DNS response code.
    case refused(code: UInt8)
}

/// One resource record.
public struct DNSRecord: Sendable, Equatable, Hashable {
    /// Owner name, without the final dot.
    public var name: String
    /// Type number of the wire.
    public var type: UInt16
    /// Seconds it may be cached.
    public var ttl: UInt32
    /// Data in presentation form; addresses in canonical text.
    public var data: String

    /// Makes a record.
    public init(name: String, type: UInt16, ttl: UInt32, data: String) {
        self.name = name
        self.type = type
        self.ttl = ttl
        self.data = data
    }
}

/// Why no answer could be read.
public enum DNSFailure: Error, Sendable, Equatable {
    /// Nothing came in time.
    case timedOut
    /// The server's port is closed.
    case connectionRefused
    /// What came is not a DNS message.
    case malformed
    /// The server's address could not be read.
    case badServer(String)
    /// c-ares gave up for a reason of its own; its status code.
    case other(Int32)
}
