/// Credentials that a profile of the shared files leads to.
///
/// Pages: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html and
/// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html; names and order as in botocore 1.43.11.
struct ProfileCredentials: CredentialProvider {
    /// Name of the profile.
    var profile: String
    /// Whether somebody asked for it by name, so that its absence is an error.
    var isChosen: Bool
    var configuration: AWSConfiguration
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials {
        let shared = try SharedConfig(surroundings)
        guard shared.profiles[profile] != nil || isChosen else {
            throw CredentialFault.absent(
                "profile `\(profile)`",
                "there is none in `\(shared.configPath)` or `\(shared.credentialsPath)`"
            )
        }
        var visited: Set<String> = []
        return try await provider(of: profile, shared, &visited).credentials()
    }

    /// The source that profile `name` leads to.
    ///
    /// - Throws: `CredentialFault` when it leads nowhere or in a circle.
    private func provider(
        of name: String,
        _ shared: SharedConfig,
        _ visited: inout Set<String>
    ) throws -> any CredentialProvider {
        let source = "profile `\(name)`"
        guard let settings = shared.profiles[name] else { throw missing(name, shared) }
        // A role whose source is its own profile means the keys in it.
        if !visited.insert(name).inserted {
            guard let keys = try keys(settings, source) else {
                throw CredentialFault(source: source, reason: "its `source_profile` leads back to itself")
            }
            return keys
        }
        if settings["role_arn"] != nil { return try role(name, settings, shared, &visited) }
        if settings["sso_session"] != nil || settings["sso_start_url"] != nil {
            return try sso(name, settings, shared)
        }
        if let keys = try keys(settings, source) { return keys }
        if let command = settings["credential_process"] {
            return ProcessCredentials(command: command, source: source, surroundings: surroundings)
        }
        var fault = CredentialFault(
            source: source,
            reason: "it has no keys, role, SSO settings or `credential_process`",
            hint: "add one of them in `\(shared.configPath)` or `\(shared.credentialsPath)`"
        )
        // A default profile often only holds a region.
        fault.isAbsent = !isChosen && name == profile
        throw fault
    }

    private func missing(_ name: String, _ shared: SharedConfig) -> CredentialFault {
        let known = shared.profiles.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return CredentialFault(
            source: "profile `\(name)`",
            reason: "there is none in `\(shared.configPath)` or `\(shared.credentialsPath)`",
            hint: known.isEmpty ? "there are no profiles yet; `aws configure sso` makes one" : "there are \(known)"
        )
    }

    private func keys(_ settings: [String: String], _ source: String) throws -> StaticCredentials? {
        let id = settings["aws_access_key_id"]
        let secret = settings["aws_secret_access_key"]
        switch (id, secret) {
        case (nil, nil): return nil
        case (nil, _): throw CredentialFault(source: source, reason: "it lacks `aws_access_key_id`")
        case (_, nil): throw CredentialFault(source: source, reason: "it lacks `aws_secret_access_key`")
        case (let id?, let secret?):
            return StaticCredentials(
                AWSCredentials(
                    accessKeyID: id,
                    secretAccessKey: Secret(secret),
                    sessionToken: settings["aws_session_token"].map(Secret.init),
                    source: source
                )
            )
        }
    }
}

extension ProfileCredentials {
    private func role(
        _ name: String,
        _ settings: [String: String],
        _ shared: SharedConfig,
        _ visited: inout Set<String>
    ) throws -> any CredentialProvider {
        let source = "profile `\(name)`"
        var stsConfiguration = configuration
        stsConfiguration.region = settings["region"] ?? configuration.region
        if let tokenFile = settings["web_identity_token_file"] {
            return WebIdentityCredentials(
                tokenFile: tokenFile,
                roleArn: settings["role_arn"],
                sessionName: settings["role_session_name"],
                configuration: stsConfiguration,
                source: source,
                surroundings: surroundings
            )
        }
        let base: any CredentialProvider
        switch (settings["source_profile"], settings["credential_source"]) {
        case (let origin?, nil): base = try provider(of: origin, shared, &visited)
        case (nil, let origin?): base = try credentialSource(origin, source)
        case (nil, nil):
            throw CredentialFault(
                source: source,
                reason: "its role has neither `source_profile` nor `credential_source`"
            )
        case (_?, _?):
            throw CredentialFault(source: source, reason: "it has both `source_profile` and `credential_source`")
        }
        let duration = settings["duration_seconds"]
        if let duration, Int(duration) == nil {
            throw CredentialFault(source: source, reason: "`duration_seconds` is `\(duration)`, not a number")
        }
        return AssumeRoleCredentials(
            roleArn: settings["role_arn"] ?? "",
            sessionName: settings["role_session_name"],
            externalId: settings["external_id"],
            mfaSerial: settings["mfa_serial"],
            durationSeconds: duration.flatMap { Int($0) },
            base: base,
            configuration: stsConfiguration,
            source: source,
            surroundings: surroundings
        )
    }

    private func credentialSource(_ name: String, _ source: String) throws -> any CredentialProvider {
        switch name {
        case "Environment": return EnvironmentCredentials(surroundings: surroundings)
        case "Ec2InstanceMetadata": return InstanceMetadataCredentials(surroundings: surroundings)
        case "EcsContainer": return ContainerCredentials(surroundings: surroundings)
        default:
            throw CredentialFault(
                source: source,
                reason: "its `credential_source` `\(name)` is unknown",
                hint: "it is one of `Environment`, `Ec2InstanceMetadata`, `EcsContainer`"
            )
        }
    }

    private func sso(
        _ name: String,
        _ settings: [String: String],
        _ shared: SharedConfig
    ) throws -> any CredentialProvider {
        let source = "profile `\(name)` (SSO)"
        let sessionName = settings["sso_session"]
        var merged = settings
        if let sessionName {
            guard let session = shared.ssoSessions[sessionName] else {
                throw CredentialFault(
                    source: source,
                    reason: "there is no `[sso-session \(sessionName)]` in `\(shared.configPath)`"
                )
            }
            merged.merge(session) { _, ofSession in ofSession }
        }
        func setting(_ key: String) throws -> String {
            guard let value = merged[key], !value.isEmpty else {
                throw CredentialFault(source: source, reason: "it lacks `\(key)`")
            }
            return value
        }
        return SSOCredentials(
            sessionName: sessionName,
            startURL: try setting("sso_start_url"),
            region: try setting("sso_region"),
            accountID: try setting("sso_account_id"),
            roleName: try setting("sso_role_name"),
            profile: name,
            endpoints: configuration.endpoints,
            surroundings: surroundings
        )
    }
}
