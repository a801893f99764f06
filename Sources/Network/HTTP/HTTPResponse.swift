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
