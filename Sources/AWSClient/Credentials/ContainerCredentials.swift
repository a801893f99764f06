import Network

/// Credentials of an ECS task, or of a pod by EKS Pod Identity.
///
/// Page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html; names and order
/// as in botocore 1.43.11.
struct ContainerCredentials: CredentialProvider {
    static let source = "container endpoint"
    /// Address that the relative form belongs to.
    private static let relativeHost = "http://169.254.170.2"
    private static let plainHosts: Set<String> = [
        "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "[::1]",
    ]

    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        var request = HTTPRequest(url: try url())
        request.headers.append(HTTPField("Accept", "application/json"))
        if let token = try token() { request.headers.append(HTTPField("Authorization", token.exposed)) }
        let response: HTTPResponse
        do {
            response = try await MetadataRequest(surroundings: surroundings, source: ContainerCredentials.source)
                .send(request)
        } catch let failure as HTTPFailure {
            throw fault("`\(request.url)` did not answer: \(ErrorReader.oneLine(failure.message))")
        }
        guard response.status == 200 else { throw fault("`\(request.url)` answered HTTP \(response.status)") }
        return try CredentialDocument.read(
            response.body,
            tokenName: "Token",
            source: ContainerCredentials.source
        )
    }

    private func url() throws -> String {
        if let relative = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            return ContainerCredentials.relativeHost + (relative.hasPrefix("/") ? "" : "/") + relative
        }
        guard let full = surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else {
            throw CredentialFault.absent(
                ContainerCredentials.source,
                "`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` and `AWS_CONTAINER_CREDENTIALS_FULL_URI` are not set"
            )
        }
        guard let parts = URLParts(full), parts.scheme == "https" || ContainerCredentials.mayBePlain(parts) else {
            throw fault("`\(full)` is neither https nor an address of this machine or its host")
        }
        return full
    }

    /// Whether a token may be sent to `parts` without TLS.
    private static func mayBePlain(_ parts: URLParts) -> Bool {
        guard parts.scheme == "http", !parts.authority.contains("@") else { return false }
        let authority = parts.authority.lowercased()
        let hasPort = authority.hasPrefix("[") ? !authority.hasSuffix("]") : authority.contains(":")
        let host =
            hasPort ? String(authority.prefix(upTo: authority.lastIndex(of: ":") ?? authority.endIndex)) : authority
        if plainHosts.contains(host) { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
    }

    private func token() throws -> Secret? {
        guard let path = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
            return try surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").map(checked)
        }
        do {
            guard let bytes = try surroundings.files.read(path) else { throw fault("there is no file `\(path)`") }
            let text = String(decoding: bytes, as: UTF8.self)
            return try checked(
                String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            )
        } catch let fault as CredentialFault {
            throw fault
        } catch {
            throw fault("`\(path)` cannot be read: \(error)")
        }
    }

    /// A token with a line break would become two headers.
    private func checked(_ token: String) throws -> Secret {
        if token.contains(where: \.isNewline) { throw fault("the authorization token has more than one line") }
        return Secret(token)
    }

    private func fault(_ reason: String) -> CredentialFault {
        CredentialFault(source: ContainerCredentials.source, reason: reason)
    }
}
