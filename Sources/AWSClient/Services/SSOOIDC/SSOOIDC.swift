/// IAM Identity Center's token service.
///
/// A value around the client; its operations are in files of their own.
public struct SSOOIDC: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// IAM Identity Center's token service.
    public var ssoOIDC: SSOOIDC { SSOOIDC(client: self) }
}
