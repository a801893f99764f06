/// The shared config and credentials files, read together.
///
/// Page: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html.
struct SharedConfig: Sendable, Equatable {
    /// Settings of each profile; a nested setting is called `outer.inner`.
    var profiles: [String: [String: String]] = [:]
    /// Settings of each `sso-session` section.
    var ssoSessions: [String: [String: String]] = [:]
    /// Settings of each `services` section; `service.endpoint_url` and the like.
    var services: [String: [String: String]] = [:]
    /// Path of the config file, for messages.
    var configPath = ""
    /// Path of the credentials file, for messages.
    var credentialsPath = ""

    /// Reads both files, where they exist.
    ///
    /// - Throws: `CredentialFault` when one exists and cannot be read.
    init(_ surroundings: AWSSurroundings) throws {
        let home = surroundings.homeDirectory
        configPath = SharedConfig.path(surroundings.variable("AWS_CONFIG_FILE") ?? "~/.aws/config", home: home)
        credentialsPath = SharedConfig.path(
            surroundings.variable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials",
            home: home
        )
        if let text = try SharedConfig.text(configPath, surroundings) {
            merge(INIFile(text), isCredentials: false)
        }
        if let text = try SharedConfig.text(credentialsPath, surroundings) {
            merge(INIFile(text), isCredentials: true)
        }
    }

    private static func path(_ path: String, home: String) -> String {
        path.hasPrefix("~/") ? home + path.dropFirst() : path
    }

    private static func text(_ path: String, _ surroundings: AWSSurroundings) throws -> String? {
        do {
            return try surroundings.files.read(path).map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw CredentialFault(source: "`\(path)`", reason: "cannot be read: \(error)")
        }
    }

    /// Adds the sections of one file; in the credentials file all are profiles, and they win.
    private mutating func merge(_ file: INIFile, isCredentials: Bool) {
        for section in file.sections {
            let words = section.name.split(whereSeparator: \.isWhitespace).map(String.init)
            let kind = words.count > 1 ? words[0] : ""
            let name = words.count > 1 ? words.dropFirst().joined(separator: " ") : section.name
            if isCredentials || section.name == "default" {
                profiles[section.name, default: [:]].merge(section.values) { _, later in later }
            } else if kind == "profile" {
                profiles[name, default: [:]].merge(section.values) { _, later in later }
            } else if kind == "sso-session" {
                ssoSessions[name, default: [:]].merge(section.values) { _, later in later }
            } else if kind == "services" {
                services[name, default: [:]].merge(section.values) { _, later in later }
            }
        }
    }
}
