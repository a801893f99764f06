import Network

/// What an operation returned, with the evidence of the call.
public struct AWSResponse<Value: Sendable>: Sendable {
    /// What was read from the answer.
    public var value: Value
    /// AWS's id of the request; empty when the answer had none.
    public var requestID: String
    /// HTTP status.
    public var status: Int
    /// How many times the request was sent or tried, this last one included.
    public var attempts: Int
    /// How long each stage of the last attempt took.
    public var timings: HTTPTimings
    /// What was sent and received in the last attempt, nothing secret in it.
    public var exchange: AWSExchange

    /// Makes a response.
    public init(
        value: Value,
        requestID: String,
        status: Int,
        attempts: Int,
        timings: HTTPTimings,
        exchange: AWSExchange = AWSExchange(address: "")
    ) {
        self.value = value
        self.requestID = requestID
        self.status = status
        self.attempts = attempts
        self.timings = timings
        self.exchange = exchange
    }

    /// The same evidence around another value.
    ///
    /// - Throws: whatever `transform` throws.
    public func map<Other: Sendable>(_ transform: (Value) throws -> Other) rethrows -> AWSResponse<Other> {
        AWSResponse<Other>(
            value: try transform(value),
            requestID: requestID,
            status: status,
            attempts: attempts,
            timings: timings,
            exchange: exchange
        )
    }
}

extension AWSResponse: Equatable where Value: Equatable {}
