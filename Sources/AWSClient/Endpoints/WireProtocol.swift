/// How a service's requests and answers are written.
public enum WireProtocol: Sendable, Hashable {
    /// JSON body, operation in `X-Amz-Target`; `version` is `1.0` or `1.1`.
    case json(version: String, targetPrefix: String)
    /// Form body, XML answer; `version` is the API's date.
    case query(version: String)
    /// EC2's variant of the query protocol; `version` is the API's date.
    case ec2(version: String)
    /// Operation in method and path, XML bodies.
    case restXML
    /// Operation in method and path, JSON bodies.
    case restJSON
}
