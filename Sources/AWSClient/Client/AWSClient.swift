import Network

/// AWS, spoken directly.
///
/// Services are reached as `aws.route53`, `aws.ecs` and so on: small values whose methods are AWS's operations, each
/// `func operation(_ input: Service.OperationInput) async throws -> AWSResponse<Service.OperationOutput>`.
/// What they throw is `AWSError`, or `CancellationError` when the task was cancelled.
public struct AWSClient: Sendable {
    /// Region, profile and endpoints.
    public let configuration: AWSConfiguration
    let credentials: any CredentialProvider
    let surroundings: AWSSurroundings
    let clockSkew: ClockSkew

    /// Makes a client that signs with what `credentials` gives; hand in a `CredentialCache` to keep them.
    public init(
        configuration: AWSConfiguration,
        credentials: any CredentialProvider,
        surroundings: AWSSurroundings
    ) {
        self.configuration = configuration
        self.credentials = credentials
        self.surroundings = surroundings
        clockSkew = ClockSkew()
    }

    private init(_ other: AWSClient, configuration: AWSConfiguration) {
        self.configuration = configuration
        credentials = other.credentials
        surroundings = other.surroundings
        clockSkew = other.clockSkew
    }

    /// The same client in another region.
    public func inRegion(_ region: String) -> AWSClient {
        var configuration = configuration
        configuration.region = region
        return AWSClient(self, configuration: configuration)
    }

    /// Credentials that requests are signed with at present.
    ///
    /// - Throws: `CredentialFault` when none can be had.
    public func currentCredentials() async throws -> AWSCredentials {
        try await credentials.credentials()
    }

    /// URL of the endpoint that `service` is reached at.
    public func endpointURL(of service: AWSService) -> String {
        endpoint(of: service).url
    }

    func endpoint(of service: AWSService) -> Endpoint {
        EndpointResolver(settings: configuration.endpoints).endpoint(of: service, region: configuration.region)
    }
}
