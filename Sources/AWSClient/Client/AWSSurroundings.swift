import Network

/// All that the client needs of the world around it.
public struct AWSSurroundings: Sendable {
    /// Sends requests.
    public var http: any HTTPClient
    /// Environment variables.
    public var environment: [String: String]
    /// Home directory, where `.aws` is; without a trailing slash.
    public var homeDirectory: String
    /// The present moment.
    public var now: @Sendable () -> AWSTimestamp
    /// Waits; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number, 0 or more and less than 1.
    public var random: @Sendable () -> Double
    /// Reads files.
    public var files: any AWSFiles
    /// Runs the `credential_process` of a profile.
    public var processes: any CredentialProcessRunner
    /// Asks the operator for the six digits of an MFA device, given its serial number or ARN.
    public var mfaCode: @Sendable (String) async throws -> String

    /// Makes surroundings.
    public init(
        http: any HTTPClient,
        environment: [String: String],
        homeDirectory: String,
        files: any AWSFiles,
        processes: any CredentialProcessRunner,
        now: @escaping @Sendable () -> AWSTimestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double,
        mfaCode: @escaping @Sendable (String) async throws -> String
    ) {
        self.http = http
        self.environment = environment
        self.homeDirectory = homeDirectory
        self.files = files
        self.processes = processes
        self.now = now
        self.sleep = sleep
        self.random = random
        self.mfaCode = mfaCode
    }

    /// Value of an environment variable; nil when it is unset or empty, which the SDKs treat alike.
    func variable(_ name: String) -> String? {
        guard let value = environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// Whether an environment variable says `true`.
    func isTrue(_ name: String) -> Bool {
        variable(name)?.lowercased() == "true"
    }
}

/// Files that hold configuration, credentials and tokens.
public protocol AWSFiles: Sendable {
    /// Bytes of the file at `path`; nil when there is no such file.
    ///
    /// - Throws: whatever tells why it exists and cannot be read.
    func read(_ path: String) throws -> [UInt8]?

    /// Replaces the file at `path` at once, readable by its owner alone (mode 0600).
    ///
    /// - Throws: whatever tells why it cannot be written.
    func write(_ bytes: [UInt8], to path: String) throws
}

/// Runs the programs that profiles name as `credential_process`.
public protocol CredentialProcessRunner: Sendable {
    /// Runs `command` as a shell would split it and returns its standard output.
    ///
    /// - Throws: whatever tells why it could not be run or did not exit with 0.
    func run(_ command: String) async throws -> [UInt8]
}
