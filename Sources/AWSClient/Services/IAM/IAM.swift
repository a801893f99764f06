/// Identity and Access Management: roles, policies, OIDC providers.
///
/// A value around the client; its operations are in files of their own.
public struct IAM: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Identity and Access Management: roles, policies, OIDC providers.
    public var iam: IAM { IAM(client: self) }
}
