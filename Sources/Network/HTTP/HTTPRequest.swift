/// One HTTP request, whole.
public struct HTTPRequest: Sendable {
    /// Verb, in capitals.
    public var method: String
    /// Absolute address, `http` or `https`; sent as it stands, dot segments included.
    public var url: String
    /// Fields in sending order; names may repeat.
    public var headers: [HTTPField]
    /// Body; nil sends none.
    public var body: [UInt8]?
    /// Time allowed from start to the last byte of the answer.
    public var timeout: Duration
    /// Time allowed to connect, TLS included.
    public var connectTimeout: Duration
    /// Largest answer body taken, in bytes.
    public var sizeLimit: Int
    /// Where to connect instead of where the URL's host name points; name check and SNI stay with the URL's host.
    public var connectTo: ConnectTarget?
    /// Whether a new connection must be made.
    ///
    /// Rule: true for every mutation that may not be sent twice. Why: libcurl re-sends a POST by itself when a
    /// reused connection dies without an answer. What if you don't: the call happens twice and looks like once.
    /// The host's name is looked up anew as well, so that a probe after a DNS change sees the change.
    public var usesFreshConnection: Bool
    /// Whether the answer should carry the server's certificate chain (implies a fresh connection).
    public var wantsCertificates: Bool
    /// Whether the certificate chain must be trusted.
    public var verifiesPeer: Bool
    /// Whether the certificate must be made out to the URL's host.
    public var verifiesHostName: Bool
    /// PEM file of trusted authorities; nil uses the system's.
    public var authoritiesFile: String?
    /// Whether proxies named by the environment are used; false for link-local metadata services.
    public var usesProxy: Bool

    /// Makes a request with the defaults of `semantics`: 30 s in all, 10 s to connect, 16 MiB of answer.
    public init(
        method: String = "GET",
        url: String,
        headers: [HTTPField] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        connectTimeout = .seconds(10)
        sizeLimit = 16 << 20
        usesFreshConnection = false
        wantsCertificates = false
        verifiesPeer = true
        verifiesHostName = true
        usesProxy = true
    }
}
