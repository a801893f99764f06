extension AWSClient {
    /// Makes a client as the SDKs would: region and endpoints from arguments, environment and shared files,
    /// credentials from the first source that is set up, kept until shortly before they end.
    ///
    /// Nothing is sent yet. With `profile` given, credentials come from that profile alone.
    /// - Throws: `AWSError` of kind `configuration` when there is no region, `CredentialFault` when a shared file
    ///   exists and cannot be read.
    public static func connect(
        region: String? = nil,
        profile: String? = nil,
        surroundings: AWSSurroundings
    ) throws -> AWSClient {
        let configuration = try AWSConfiguration.load(region: region, profile: profile, from: surroundings)
        let chain = CredentialChain.standard(
            configuration: configuration,
            explicitProfile: profile,
            surroundings: surroundings
        )
        return AWSClient(
            configuration: configuration,
            credentials: CredentialCache(chain, now: surroundings.now),
            surroundings: surroundings
        )
    }
}

extension CredentialChain {
    /// Sources in the SDKs' order; a profile chosen by an argument stands alone.
    static func standard(
        configuration: AWSConfiguration,
        explicitProfile: String?,
        surroundings: AWSSurroundings
    ) -> CredentialChain {
        if let explicitProfile {
            return CredentialChain([
                ProfileCredentials(
                    profile: explicitProfile,
                    isChosen: true,
                    configuration: configuration,
                    surroundings: surroundings
                )
            ])
        }
        return CredentialChain([
            EnvironmentCredentials(surroundings: surroundings),
            WebIdentityCredentials.fromEnvironment(configuration: configuration, surroundings: surroundings),
            ProfileCredentials(
                profile: configuration.profile ?? "default",
                isChosen: configuration.profile != nil,
                configuration: configuration,
                surroundings: surroundings
            ),
            ContainerCredentials(surroundings: surroundings),
            InstanceMetadataCredentials(surroundings: surroundings),
        ])
    }
}
