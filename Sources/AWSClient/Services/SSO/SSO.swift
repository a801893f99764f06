/// IAM Identity Center's portal, which hands out role credentials.
///
/// A value around the client; its operations are in files of their own.
public struct SSO: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// IAM Identity Center's portal, which hands out role credentials.
    public var sso: SSO { SSO(client: self) }
}
