import AWSClient
import MigrateCore
import Network
import Synchronization
import Testing

@testable import Steps

/// An AWS that answers the calls of a script in their order and refuses every other.
final class ScriptedAWS: HTTPClient {
    /// One call that is expected, and its answer.
    struct Call: Sendable {
        /// Operation, or method and path of a REST service.
        var operation: String
        /// Body of the call, as JSON, a form as an object of texts; nil is not looked at.
        var sends: Value?
        /// Status of the answer.
        var status = 200
        /// Fields of the answer.
        var headers: [HTTPField] = []
        /// Body of the answer.
        var answer: [UInt8] = []
        /// In place of an answer.
        var failure: HTTPFailure?
    }

    private let script: Mutex<[Call]>

    init(_ script: [Call]) { self.script = Mutex(script) }

    /// Whether all of the script was played.
    var isOver: Bool { script.withLock { $0.isEmpty } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let seen = Self.seen(request)
        let call = script.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let call, call.operation == seen.operation, call.sends.map({ $0 == seen.body }) ?? true else {
            let wanted = call.map { "\($0.operation) \($0.sends?.text ?? "")" } ?? "no call"
            Issue.record("called \(seen.operation) \(seen.body.text), expected \(wanted)")
            throw HTTPFailure(reason: .badURL, message: "not in the script", mayHaveSent: false)
        }
        if let failure = call.failure { throw failure }
        return HTTPResponse(
            status: call.status,
            headers: call.headers + [HTTPField("x-amzn-requestid", "request-1")],
            body: call.answer
        )
    }

    private static func seen(_ request: HTTPRequest) -> (operation: String, body: Value) {
        let text = String(decoding: request.body ?? [], as: UTF8.self)
        if let target = request.headers.first(where: { $0.name == "X-Amz-Target" })?.value {
            let body: Value
            do { body = try Value(parsing: text) } catch { body = .string(text) }
            return (target.split(separator: ".").last.map(String.init) ?? target, body)
        }
        guard text.hasPrefix("Action=") else {
            let path = request.url.replacing("http://127.0.0.1:1", with: "")
            return ("\(request.method) \(path)", .string(text))
        }
        var form: [String: Value] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            form[PolicyDocument.percentDecoded(String(parts[0]))] = .string(
                PolicyDocument.percentDecoded(String(parts.last ?? ""))
            )
        }
        let action = form.removeValue(forKey: "Action")?.string ?? ""
        form["Version"] = nil
        return (action, .object(form))
    }
}

extension ScriptedAWS.Call {
    /// A call of a JSON service.
    static func json(_ operation: String, _ sends: Value? = nil, returns answer: Value = [:]) -> Self {
        Self(operation: operation, sends: sends, answer: answer.bytes)
    }

    /// A call of a JSON service that is refused.
    static func json(_ operation: String, _ sends: Value? = nil, fails code: String, _ message: String = "no") -> Self {
        let body: Value = ["__type": .string(code), "message": .string(message)]
        return Self(operation: operation, sends: sends, status: 400, answer: body.bytes)
    }

    /// A call of a query service; `members` stand inside the result.
    static func query(_ operation: String, _ sends: Value? = nil, returns members: String = "") -> Self {
        let text =
            "<\(operation)Response><\(operation)Result>\(members)</\(operation)Result>"
            + "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></\(operation)Response>"
        return Self(operation: operation, sends: sends, answer: Array(text.utf8))
    }

    /// A call of a query service that is refused.
    static func query(_ operation: String, _ sends: Value? = nil, fails code: String, _ message: String = "no") -> Self
    {
        let text =
            "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>"
            + "<RequestId>request-1</RequestId></ErrorResponse>"
        return Self(operation: operation, sends: sends, status: 400, answer: Array(text.utf8))
    }

    /// A call of EC2; `members` stand inside the answer.
    static func ec2(_ operation: String, _ sends: Value? = nil, returns members: String = "") -> Self {
        let text = "<\(operation)Response><requestId>request-1</requestId>\(members)</\(operation)Response>"
        return Self(operation: operation, sends: sends, answer: Array(text.utf8))
    }

    /// A call of a REST service, by method and path.
    static func rest(
        _ operation: String,
        status: Int = 200,
        headers: [HTTPField] = [],
        returns body: String = ""
    ) -> Self {
        Self(operation: operation, status: status, headers: headers, answer: Array(body.utf8))
    }
}
