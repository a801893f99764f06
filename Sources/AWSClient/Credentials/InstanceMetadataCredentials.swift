import Network

/// Credentials of an EC2 instance's role, by the instance metadata service, version 2 alone.
///
/// Page: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html; names and order
/// as in botocore 1.43.11.
struct InstanceMetadataCredentials: CredentialProvider {
    static let source = "instance metadata"
    private static let path = "/latest/meta-data/iam/security-credentials/"

    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        if surroundings.isTrue("AWS_EC2_METADATA_DISABLED") {
            throw absent("`AWS_EC2_METADATA_DISABLED` is true")
        }
        let token = try await token()
        let names = try await get(InstanceMetadataCredentials.path, token)
        if names.status == 404 { throw absent("the instance has no role") }
        let text = String(decoding: names.body, as: UTF8.self)
        guard names.status == 200, let role = text.split(whereSeparator: \.isNewline).first else {
            throw fault("asked for the role, it answered HTTP \(names.status)")
        }
        let answer = try await get(InstanceMetadataCredentials.path + PercentEncoding.encode(String(role)), token)
        guard answer.status == 200 else {
            throw fault("asked for the keys of `\(role)`, it answered HTTP \(answer.status)")
        }
        return try CredentialDocument.read(
            answer.body,
            tokenName: "Token",
            source: InstanceMetadataCredentials.source
        )
    }

    private var endpoint: String {
        let isIPv6 = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() == "ipv6"
        let standard = isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
        let chosen = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? standard
        return chosen.hasSuffix("/") ? String(chosen.dropLast()) : chosen
    }

    private func token() async throws -> Secret {
        var request = HTTPRequest(method: "PUT", url: endpoint + "/latest/api/token", body: [])
        request.headers.append(HTTPField("X-aws-ec2-metadata-token-ttl-seconds", "21600"))
        do {
            let response = try await exchange(request)
            guard response.status == 200 else { throw absent("it answered HTTP \(response.status) for a token") }
            return Secret(String(decoding: response.body, as: UTF8.self))
        } catch let failure as HTTPFailure {
            // The usual case on a machine that is no EC2 instance.
            throw absent("nothing answers at `\(endpoint)` (\(failure.reason.rawValue))")
        }
    }

    private func get(_ path: String, _ token: Secret) async throws -> HTTPResponse {
        var request = HTTPRequest(url: endpoint + path)
        request.headers.append(HTTPField("X-aws-ec2-metadata-token", token.exposed))
        do {
            return try await exchange(request)
        } catch let failure as HTTPFailure {
            throw fault("it stopped answering: \(ErrorReader.oneLine(failure.message))")
        }
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await MetadataRequest(surroundings: surroundings, source: InstanceMetadataCredentials.source)
            .send(request)
    }

    private func absent(_ reason: String) -> CredentialFault {
        .absent(InstanceMetadataCredentials.source, reason)
    }

    private func fault(_ reason: String) -> CredentialFault {
        CredentialFault(source: InstanceMetadataCredentials.source, reason: reason)
    }
}
