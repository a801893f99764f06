import Network

/// A successful answer, not yet read.
struct Answer: Sendable {
    var call: Call
    var response: HTTPResponse
    var attempts: Int
    var exchange = AWSExchange(address: "")

    /// AWS's id of the request, from the headers; nil when they have none.
    var requestID: String? { Answer.requestID(response) }

    static func requestID(_ response: HTTPResponse) -> String? {
        response.header("x-amzn-requestid") ?? response.header("x-amz-request-id")
            ?? response.header("x-amzn-request-id")
    }

    /// `value` with the evidence of the call.
    func evidence<Value: Sendable>(_ value: Value, requestID bodyID: String? = nil) -> AWSResponse<Value> {
        AWSResponse(
            value: value,
            requestID: requestID ?? bodyID ?? "",
            status: response.status,
            attempts: attempts,
            timings: response.timings,
            exchange: exchange
        )
    }

    /// What to throw when the answer cannot be read.
    func unreadable(_ reason: String) -> AWSError {
        var error = ErrorReader(call: call, response: response).unreadable(reason)
        error.attempts = attempts
        return error
    }
}
