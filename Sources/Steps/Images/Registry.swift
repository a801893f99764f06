import AWSClient
import MigrateCore
import Network

/// A registry of images, by its HTTP API.
///
/// Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md, read 2026-11-21.
struct Registry: Sendable {
    /// Who we are to it.
    struct Login: Sendable {
        var user: String
        var password: Secret
    }

    /// Host with port.
    let host: String
    /// Whether it is spoken to in plain HTTP, as one on loopback may be.
    let isPlain: Bool
    /// Nil asks without credentials.
    let login: Login?

    private static let manifestTypes = [
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json",
    ]

    /// A manifest as the registry has it.
    struct Manifest: Sendable {
        /// Digest of the manifest, `sha256:…`.
        var digest: String
        /// Digest of the image's configuration, which is its id on the machine that built it; nil for an index.
        var configuration: String?
        /// Bytes, to be put back exactly.
        var bytes: [UInt8]
        /// Media type.
        var type: String
    }

    /// ECR's registry that `host` is, with a fresh password.
    ///
    /// Throws: `Problem` when ECR gives no password for `host`.
    static func ecr(_ host: String, _ world: World) async throws -> Registry {
        let answer = try await world.call("ecr:GetAuthorizationToken") {
            try await world.aws.ecr.getAuthorizationToken(.init())
        }
        guard let data = answer.authorizationData.first, let bytes = Base64.bytes(data.authorizationToken.exposed)
        else {
            throw Problem("ECR gave no password")
        }
        let endpoint = data.proxyEndpoint ?? ""
        guard endpoint.hasSuffix("://" + host) else {
            throw Problem(
                "ECR's registry is `\(endpoint)`, not `\(host)`",
                hint: "check region and account, or give `login: none` or `username` and `password`"
            )
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw Problem("ECR's password is not of the form that is known") }
        return Registry(
            host: host,
            isPlain: endpoint.hasPrefix("http://"),
            login: Login(user: parts[0], password: Secret(parts[1]))
        )
    }

    /// Manifest of `reference`, a tag or a digest, in `repository`; nil when there is none.
    ///
    /// Throws: `Problem`; what the tools throw.
    func manifest(_ repository: String, _ reference: String, _ world: World) async throws -> Manifest? {
        var request = request("GET", "\(repository)/manifests/\(reference)")
        request.headers += Self.manifestTypes.map { HTTPField("Accept", $0) }
        let response = try await world.send(request)
        if response.status == 404 { return nil }
        guard response.status == 200, let digest = response.header("docker-content-digest") else {
            throw Problem(
                "registry `\(host)` answered \(response.status): \(response.excerpt)",
                hint: HTTPResponse.hint(for: response.status)
            )
        }
        return Manifest(
            digest: digest,
            configuration: response.json?["config"]["digest"].string,
            bytes: response.body,
            type: response.header("content-type") ?? Self.manifestTypes[0]
        )
    }

    /// Puts `manifest` under `tag`.
    ///
    /// Throws: `HTTPFailure`; `KnownOutcome` when the registry refused.
    func put(_ manifest: Manifest, _ repository: String, tag: String, _ world: World) async throws {
        var request = request("PUT", "\(repository)/manifests/\(tag)")
        request.headers.append(HTTPField("Content-Type", manifest.type))
        request.body = manifest.bytes
        try await change(request, world)
    }

    /// Deletes the manifest `digest`.
    ///
    /// Throws: `HTTPFailure`; `KnownOutcome` when the registry refused.
    func delete(_ repository: String, digest: String, _ world: World) async throws {
        try await change(request("DELETE", "\(repository)/manifests/\(digest)"), world)
    }

    private func change(_ request: HTTPRequest, _ world: World) async throws {
        var request = request
        request.usesFreshConnection = true
        let response = try await world.send(request)
        let problem = Problem("registry `\(host)` answered \(response.status): \(response.excerpt)")
        switch response.status {
        case 200..<300: return
        case 400..<500: throw KnownOutcome(.notApplied(problem, isTransient: response.status == 429))
        default: throw KnownOutcome(.unknown(problem))
        }
    }

    private func request(_ method: String, _ path: String) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: "\(isPlain ? "http" : "https")://\(host)/v2/\(path)")
        if let login {
            let text = Base64.text(Array("\(login.user):\(login.password.exposed)".utf8))
            request.headers.append(HTTPField("Authorization", "Basic \(text)"))
        }
        return request
    }
}
