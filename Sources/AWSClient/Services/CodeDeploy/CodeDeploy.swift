/// CodeDeploy.
///
/// A value around the client; its operations are in files of their own.
public struct CodeDeploy: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// CodeDeploy.
    public var codeDeploy: CodeDeploy { CodeDeploy(client: self) }
}
