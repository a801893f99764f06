import Network

/// What was sent and what came back in the last attempt of a call, as it may be kept and shown.
///
/// Rule: nothing in it is secret. Secrets of inputs stand as `‹redacted›` because their type writes itself so; answers
/// of operations that hand out secrets are not held at all.
public struct AWSExchange: Sendable, Equatable {
    /// Verb and address: `POST https://ecs.eu-west-1.amazonaws.com/`.
    public var address: String
    /// Body as it was sent, or as it may be shown; empty when there was none.
    public var sent: String
    /// Body that came, its beginning where it is long; empty when none came.
    public var received: String

    /// Makes an exchange.
    public init(address: String, sent: String = "", received: String = "") {
        self.address = address
        self.sent = sent
        self.received = received
    }

    /// Most bytes of a body that are held.
    public static let bodyLimit = 8 << 10

    /// `body` as text, its beginning where it is long.
    static func text(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(bodyLimit), as: UTF8.self)
        return body.count > bodyLimit ? text + "… (\(body.count) bytes in all)" : text
    }
}

extension AWSExchange {
    /// The exchange of `call` that went to `url` and was answered with `response`, if it was.
    init(_ call: Call, url: String, response: HTTPResponse?) {
        address = "\(call.method) \(url)"
        let body = call.shownBody ?? call.body ?? []
        sent = call.sendsData ? AWSExchange.count(body) : AWSExchange.text(body)
        received = ""
        guard let response else { return }
        let isFine = (200..<300).contains(response.status)
        if isFine, call.isSensitive || call.returnsData {
            received = AWSExchange.count(response.body)
        } else {
            received = AWSExchange.text(response.body)
        }
    }

    private static func count(_ body: [UInt8]) -> String { body.isEmpty ? "" : "\(body.count) bytes, not kept" }
}
