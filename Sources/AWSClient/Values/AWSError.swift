import Network

/// Why an AWS operation gave no result, with the evidence of the call.
public struct AWSError: Error, Sendable {
    /// What kind of failure it was.
    public enum Kind: Sendable, Equatable {
        /// AWS answered with an error of the service; `code` says which.
        case refused
        /// An answer came that is not of the service's protocol: an HTML page, a cut or foreign body.
        case unreadable
        /// No complete answer came.
        case transport(HTTPFailure.Reason)
        /// No credentials could be had.
        case credentials
        /// The call could not be formed: region, endpoint or parameters are wrong or missing.
        case configuration
        /// A list handed out the same page token twice, or more pages than could be.
        case endlessPages
    }

    /// What kind of failure it was.
    public var kind: Kind
    /// AWS's name of the service, such as `ECS`.
    public var service: String
    /// Operation, such as `DescribeServices`.
    public var operation: String
    /// Error code of the service, without namespace, such as `ServiceNotFoundException`; empty when there is none.
    public var code: String
    /// Words of the service, of libcurl or of this client; one line.
    public var message: String
    /// What can be done about it; nil when the message says it all.
    public var hint: String?
    /// AWS's id of the request.
    public var requestID: String?
    /// S3's second id of the request.
    public var hostID: String?
    /// HTTP status; nil when no answer came.
    public var status: Int?
    /// How many times the request was sent or tried.
    public var attempts: Int
    /// Whether a mutation may have taken effect in spite of this error.
    ///
    /// False means for certain that nothing was changed.
    public var mayHaveApplied: Bool
    /// How long each stage of the last attempt took.
    public var timings: HTTPTimings
    /// What was sent and received in the last attempt, nothing secret in it; nil when nothing could be sent.
    public var exchange: AWSExchange?

    /// Makes an error.
    public init(kind: Kind, service: String, operation: String, code: String = "", message: String) {
        self.kind = kind
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        attempts = 0
        mayHaveApplied = false
        timings = HTTPTimings()
    }
}

extension AWSError: CustomStringConvertible {
    /// One line: operation, code, words, status and request id.
    public var description: String {
        var text = "\(service) \(operation): "
        if !code.isEmpty { text += "\(code): " }
        text += message
        var facts: [String] = []
        if let status { facts.append("HTTP \(status)") }
        if let requestID { facts.append("request \(requestID)") }
        if attempts > 1 { facts.append("\(attempts) attempts") }
        return facts.isEmpty ? text : text + " (" + facts.joined(separator: ", ") + ")"
    }
}
