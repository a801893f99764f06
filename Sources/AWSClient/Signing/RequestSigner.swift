import Digest
import Network

/// Signs requests by AWS Signature Version 4, in headers.
///
/// Pure: the moment is an argument.
/// Page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html; judged by
/// botocore 1.43.11 on the table in `Tests/AWSClientTests/Fixtures`.
public struct RequestSigner: Sendable {
    /// How the path and the payload enter the signature.
    public enum Rules: Sendable {
        /// The path is normalised and encoded once more; the payload's hash is signed but not sent.
        case standard
        /// The path is signed as sent; `x-amz-content-sha256` is sent and signed.
        case s3
    }

    /// Name in the credential scope, such as `ecs`.
    public var service: String
    /// Region in the credential scope, such as `ap-northeast-2`.
    public var region: String
    /// How the path and the payload enter the signature.
    public var rules: Rules

    /// Makes a signer for one service in one region.
    public init(service: String, region: String, rules: Rules = .standard) {
        self.service = service
        self.region = region
        self.rules = rules
    }

    /// `request` with the headers that authenticate it.
    ///
    /// A header `x-amz-content-sha256` that the request already has is taken as the payload's hash.
    public func sign(
        _ request: HTTPRequest,
        credentials: AWSCredentials,
        at moment: AWSTimestamp
    ) -> HTTPRequest {
        guard let url = URLParts(request.url) else { return request }
        var signed = request
        let date = moment.basicFormat
        let hashName = "x-amz-content-sha256"
        let givenHash = request.headers.first { $0.name.lowercased() == hashName }?.value
        let payloadHash = givenHash ?? Hex.encode(SHA256.digest(request.body ?? []))
        signed.headers.append(HTTPField("X-Amz-Date", date))
        if let token = credentials.sessionToken {
            signed.headers.append(HTTPField("X-Amz-Security-Token", token.exposed))
        }
        if rules == .s3, givenHash == nil { signed.headers.append(HTTPField("X-Amz-Content-SHA256", payloadHash)) }

        let fields = signedFields(host: url.host, headers: signed.headers)
        let names = fields.map(\.name).joined(separator: ";")
        let canonical = [
            request.method, canonicalPath(url.path), canonicalQuery(url.query),
            fields.map { "\($0.name):\($0.value)\n" }.joined(), names, payloadHash,
        ].joined(separator: "\n")
        let scope = "\(date.prefix(8))/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(Hex.encode(SHA256.digest(utf8: canonical)))"
        let key = signingKey(secret: credentials.secretAccessKey, day: String(date.prefix(8)))
        let signature = Hex.encode(HMAC.sha256(key: key, data: Array(text.utf8)))
        let credential = "Credential=\(credentials.accessKeyID)/\(scope)"
        signed.headers.append(
            HTTPField(
                "Authorization",
                "AWS4-HMAC-SHA256 \(credential), SignedHeaders=\(names), Signature=\(signature)"
            )
        )
        return signed
    }

    private func signingKey(secret: Secret, day: String) -> [UInt8] {
        [day, region, service, "aws4_request"].reduce(Array("AWS4\(secret.exposed)".utf8)) { key, part in
            HMAC.sha256(key: key, data: Array(part.utf8))
        }
    }
}

/// Headers that intermediaries may change, which are therefore not signed.
private let unsignedNames: Set<String> = [
    "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
    "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
]

/// Signed fields, sorted by name: one line a name, runs of white space made one.
private func signedFields(host: String, headers: [HTTPField]) -> [(name: String, value: String)] {
    var values = ["host": [host]]
    for header in headers {
        let name = header.name.lowercased()
        if unsignedNames.contains(name) || name == "host" { continue }
        let words = header.value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        values[name, default: []].append(words.joined(separator: " "))
    }
    return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
}

/// Pairs sorted by their encoded bytes; a name without `=` gets an empty value.
private func canonicalQuery(_ query: String) -> String {
    // Encoded text is ASCII, for which String's order is the order of bytes.
    let pairs = query.split(separator: "&").map { pair -> (name: Substring, value: Substring) in
        let equals = pair.firstIndex(of: "=") ?? pair.endIndex
        return (pair[..<equals], pair[equals...].dropFirst())
    }
    let ordered = pairs.sorted { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
    return ordered.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
}

extension RequestSigner {
    private func canonicalPath(_ path: String) -> String {
        switch rules {
        case .s3: path.isEmpty ? "/" : path
        case .standard: PercentEncoding.encode(withoutDotSegments(path), keepsSlash: true)
        }
    }

    /// `path` without dot segments and doubled slashes; a trailing slash survives.
    private func withoutDotSegments(_ path: String) -> String {
        var kept: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = kept.popLast() } else { kept.append(segment) }
        }
        let trailing = path.hasSuffix("/") && !kept.isEmpty ? "/" : ""
        return "/" + kept.joined(separator: "/") + trailing
    }
}
