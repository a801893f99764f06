/// Tries sources in the SDKs' order and takes the first that is set up.
///
/// Source: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html, read 2026-11-21.
public struct CredentialChain: CredentialProvider {
    private let providers: [any CredentialProvider]

    /// Makes a chain of `providers`, tried in that order.
    public init(_ providers: [any CredentialProvider]) {
        self.providers = providers
    }

    /// Credentials of the first source that is set up.
    ///
    /// - Throws: `CredentialFault` of the first source that is set up and broken, or one that lists all sources when
    ///   none is set up; `CancellationError` when the task was cancelled.
    public func credentials() async throws -> AWSCredentials {
        var absent: [CredentialFault] = []
        for provider in providers {
            do {
                return try await provider.credentials()
            } catch var fault as CredentialFault {
                guard fault.isAbsent else {
                    fault.triedBefore = absent
                    throw fault
                }
                absent.append(fault)
            }
        }
        var fault = CredentialFault(
            source: "credentials",
            reason: "none of \(absent.count) sources is set up",
            hint: "set `AWS_PROFILE` or `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or run `aws sso login`"
        )
        fault.triedBefore = absent
        throw fault
    }
}
