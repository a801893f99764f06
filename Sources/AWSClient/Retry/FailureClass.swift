import Network

/// What a failed attempt says about trying again.
enum FailureClass: Sendable, Equatable {
    /// AWS asked to slow down, and did nothing.
    case throttled
    /// The other side or the way there failed for the moment; whether it did anything is `AWSError.mayHaveApplied`.
    case transient
    /// An HTML or foreign page of status 500, which emulators and proxies send for what they do not have.
    case foreignPage
    /// Trying again would end the same.
    case permanent

    /// Class of `error`.
    init(_ error: AWSError) {
        switch error.kind {
        case .refused: self = FailureClass.refusal(code: error.code, status: error.status ?? 0)
        case .unreadable: self = FailureClass.foreign(status: error.status ?? 0)
        case .transport(let reason): self = FailureClass.transport(reason)
        case .credentials, .configuration, .endlessPages: self = .permanent
        }
    }

    private static func refusal(code: String, status: Int) -> FailureClass {
        if throttlingCodes.contains(code) || status == 429 { return .throttled }
        if transientCodes.contains(code) || [500, 502, 503, 504].contains(status) { return .transient }
        return .permanent
    }

    private static func foreign(status: Int) -> FailureClass {
        switch status {
        case 429: .throttled
        // 2xx: the answer was cut or mangled on its way.
        case 200..<300, 502, 503, 504: .transient
        case 500: .foreignPage
        default: .permanent
        }
    }

    private static func transport(_ reason: HTTPFailure.Reason) -> FailureClass {
        switch reason {
        case .unresolved, .refused, .timedOut, .tls, .connectionLost, .other: .transient
        case .badURL, .certificate, .tooLarge: .permanent
        }
    }

    /// Codes by which services ask to slow down.
    ///
    /// `LimitExceededException`, which the SDKs count here, is left out: ECR, CloudWatch Logs and Secrets Manager use
    /// it for quotas, which do not pass in seconds.
    /// Source: botocore 1.43.11 `retries/standard.py`, and
    /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html, read 2026-11-21.
    private static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    private static let transientCodes: Set<String> = [
        "IDPCommunicationError", "InternalError", "InternalFailure", "RequestTimeout", "RequestTimeoutException",
        "ServiceUnavailable",
    ]
}
