/// What the operator chose about endpoints.
public struct EndpointSettings: Sendable, Equatable {
    /// Endpoint of every service that has none of its own; nil means AWS's.
    public var url: String?
    /// Endpoints by service, by `AWSService.environmentName`.
    public var urlsByService: [String: String]
    /// Whether FIPS endpoints are used.
    public var usesFIPS: Bool
    /// Whether endpoints with IPv6 addresses are used.
    public var usesDualStack: Bool

    /// Makes settings; without arguments, AWS's standard endpoints.
    public init(
        url: String? = nil,
        urlsByService: [String: String] = [:],
        usesFIPS: Bool = false,
        usesDualStack: Bool = false
    ) {
        self.url = url
        self.urlsByService = urlsByService
        self.usesFIPS = usesFIPS
        self.usesDualStack = usesDualStack
    }

    /// Endpoint chosen for `service`; nil means AWS's.
    public func chosen(for service: AWSService) -> String? {
        urlsByService[service.environmentName] ?? url
    }
}
