/// Region, profile and endpoints of a client.
public struct AWSConfiguration: Sendable, Equatable {
    /// Region of all but the global services, such as `ap-northeast-2`.
    public var region: String
    /// Profile of the shared config files; nil when none was chosen by name.
    public var profile: String?
    /// What the operator chose about endpoints.
    public var endpoints: EndpointSettings

    /// Makes a configuration.
    public init(region: String, profile: String? = nil, endpoints: EndpointSettings = EndpointSettings()) {
        self.region = region
        self.profile = profile
        self.endpoints = endpoints
    }

    /// Finds region and endpoints as the SDKs do: argument, environment, shared config file.
    ///
    /// Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html, read 2026-11-21; order as in
    /// botocore 1.43.11.
    /// - Throws: `AWSError` of kind `configuration` when there is no region, `CredentialFault` when a shared file
    ///   exists and cannot be read.
    public static func load(
        region: String? = nil,
        profile: String? = nil,
        from surroundings: AWSSurroundings
    ) throws -> AWSConfiguration {
        let shared = try SharedConfig(surroundings)
        let chosenProfile = profile ?? surroundings.variable("AWS_PROFILE")
        let settings = shared.profiles[chosenProfile ?? "default"] ?? [:]
        let found =
            region ?? surroundings.variable("AWS_REGION") ?? surroundings.variable("AWS_DEFAULT_REGION")
            ?? settings["region"]
        guard let found, isHostLabel(found) else { throw missingRegion(found, profile: chosenProfile) }
        return AWSConfiguration(
            region: found,
            profile: chosenProfile,
            endpoints: endpoints(settings: settings, shared: shared, surroundings: surroundings)
        )
    }

    /// A region becomes part of a host name: anything else in it could send requests elsewhere.
    private static func isHostLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    private static func missingRegion(_ found: String?, profile: String?) -> AWSError {
        let message = found.map { "`\($0)` is not a region" } ?? "no region is set"
        var error = AWSError(kind: .configuration, service: "AWS", operation: "configuration", message: message)
        let place = profile.map { "profile `\($0)`" } ?? "the default profile"
        error.hint = "give `--region`, set `AWS_REGION`, or put `region` into \(place)"
        return error
    }

    private static func endpoints(
        settings: [String: String],
        shared: SharedConfig,
        surroundings: AWSSurroundings
    ) -> EndpointSettings {
        var endpoints = EndpointSettings()
        endpoints.usesFIPS =
            surroundings.variable("AWS_USE_FIPS_ENDPOINT").map { $0.lowercased() == "true" }
            ?? (settings["use_fips_endpoint"]?.lowercased() == "true")
        endpoints.usesDualStack =
            surroundings.variable("AWS_USE_DUALSTACK_ENDPOINT").map { $0.lowercased() == "true" }
            ?? (settings["use_dualstack_endpoint"]?.lowercased() == "true")
        let isIgnored =
            surroundings.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").map { $0.lowercased() == "true" }
            ?? (settings["ignore_configured_endpoint_urls"]?.lowercased() == "true")
        if isIgnored { return endpoints }
        let section = settings["services"].flatMap { shared.services[$0] } ?? [:]
        let environmentURL = surroundings.variable("AWS_ENDPOINT_URL")
        endpoints.url = environmentURL ?? settings["endpoint_url"]
        // A general setting of the environment wins over one of the file for a single service.
        if environmentURL == nil {
            for (name, value) in section where name.hasSuffix(".endpoint_url") && !value.isEmpty {
                endpoints.urlsByService[name.prefix { $0 != "." }.uppercased()] = value
            }
        }
        let prefix = "AWS_ENDPOINT_URL_"
        for (name, value) in surroundings.environment where name.hasPrefix(prefix) && !value.isEmpty {
            endpoints.urlsByService[String(name.dropFirst(prefix.count))] = value
        }
        return endpoints
    }
}
