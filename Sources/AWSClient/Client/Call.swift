import Network

/// One call, before it has an address and a signature.
struct Call: Sendable {
    var service: AWSService
    var operation: String
    var idempotency: Idempotency
    var method = "POST"
    /// Path, percent-encoded.
    var path = "/"
    /// Query of the URL, not encoded; an empty value sends `name=`.
    var query: [(name: String, value: String)] = []
    var headers: [HTTPField] = []
    var body: [UInt8]?
    /// Whether it is signed; token services are asked without.
    var isSigned = true
    /// Put before AWS's own host names, such as `data-`.
    var hostPrefix = ""
    /// S3 bucket, which becomes part of the host or of the path.
    var bucket: String?
    /// Whether its answer holds secrets, so that no excerpt of it may be shown.
    var isSensitive = false
    /// Body with its secrets taken out, for evidence; nil when the body has none.
    var shownBody: [UInt8]?
    /// Whether its body is somebody's data, which is no evidence.
    var sendsData = false
    /// Whether its answer is somebody's data, which is no evidence.
    var returnsData = false

    init(_ service: AWSService, _ operation: String, _ idempotency: Idempotency) {
        self.service = service
        self.operation = operation
        self.idempotency = idempotency
    }
}

extension Call {
    /// Address of the call at `endpoint`.
    func url(at endpoint: Endpoint) -> String {
        var base = endpoint.url
        var path = self.path
        if let bucket {
            if endpoint.isCustom || !Call.isHostLabel(bucket) {
                path = "/" + PercentEncoding.encode(bucket) + (path == "/" ? "" : path)
            } else {
                base = Call.prefixHost(base, bucket + ".")
            }
        }
        if !hostPrefix.isEmpty, !endpoint.isCustom { base = Call.prefixHost(base, hostPrefix) }
        return base + path + (query.isEmpty ? "" : "?" + PercentEncoding.query(query))
    }

    /// Whether S3's certificate covers `bucket` as a host label: no dots, lower case.
    private static func isHostLabel(_ bucket: String) -> Bool {
        (3...63).contains(bucket.utf8.count)
            && bucket.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
            && !bucket.hasPrefix("-") && !bucket.hasSuffix("-")
    }

    private static func prefixHost(_ url: String, _ prefix: String) -> String {
        let scheme = "https://"
        return url.hasPrefix(scheme) ? scheme + prefix + url.dropFirst(scheme.count) : url
    }
}
