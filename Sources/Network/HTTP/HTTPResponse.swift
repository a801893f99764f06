/// A whole HTTP answer.
public struct HTTPResponse: Sendable {
    /// Status code.
    public var status: Int
    /// Fields of the final answer, in order; names in lower case.
    public var headers: [HTTPField]
    /// Body.
    public var body: [UInt8]
    /// How long each stage took, from the start of the request.
    public var timings: HTTPTimings
    /// Address the answer came from.
    public var remoteAddress: String
    /// How many connections had to be opened for this request.
    public var newConnections: Int
    /// Server's chain, leaf first; empty unless asked for.
    public var certificates: [Certificate]

    /// Makes an answer; tests use it.
    public init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
        timings = HTTPTimings()
        remoteAddress = ""
        newConnections = 0
        certificates = []
    }

    /// First value of the field `name`, compared without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }
}

/// How long each stage took, counted from the start of the request.
public struct HTTPTimings: Sendable, Equatable {
    /// Until the name was resolved.
    public var nameLookup: Duration = .zero
    /// Until TCP was connected.
    public var connect: Duration = .zero
    /// Until TLS was agreed; zero without TLS.
    public var tls: Duration = .zero
    /// Until the first byte of the answer.
    public var firstByte: Duration = .zero
    /// Until the last byte of the answer.
    public var total: Duration = .zero

    /// Makes timings of zero.
    public init() {}
}

/// Facts of one X.509 certificate.
public struct Certificate: Sendable, Equatable {
    /// Subject, as OpenSSL prints it.
    public var subject: String
    /// Issuer, as OpenSSL prints it.
    public var issuer: String
    /// DNS names and addresses it is valid for.
    public var alternativeNames: [String]
    /// End of validity, seconds since 1970 in UTC; nil when it could not be read.
    public var expires: Int64?

    /// Makes a certificate's facts.
    public init(subject: String, issuer: String, alternativeNames: [String], expires: Int64?) {
        self.subject = subject
        self.issuer = issuer
        self.alternativeNames = alternativeNames
        self.expires = expires
    }
}
