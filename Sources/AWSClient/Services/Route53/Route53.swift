/// Route 53's DNS: zones, record sets, changes.
///
/// A value around the client; its operations are in files of their own.
public struct Route53: Sendable {
    let client: AWSClient

    /// First part of every path, the API's date.
    static let root = "/2013-04-01"
    /// XML namespace of requests.
    static let namespace = "https://route53.amazonaws.com/doc/2013-04-01/"
}

extension AWSClient {
    /// Route 53's DNS: zones, record sets, changes.
    public var route53: Route53 { Route53(client: self) }
}

extension Route53 {
    /// `id` without the `/hostedzone/` or `/change/` that answers put before it.
    public static func bareID(_ id: String) -> String {
        String(id.split(separator: "/").last ?? "")
    }

    /// Sends a call without a body and reads its answer.
    func get<Output: XMLDecodable>(_ call: Call, _: Output.Type = Output.self) async throws -> AWSResponse<Output> {
        var call = call
        call.method = "GET"
        let answer = try await client.send(call)
        return answer.evidence(try answer.read(try answer.xml()))
    }
}
