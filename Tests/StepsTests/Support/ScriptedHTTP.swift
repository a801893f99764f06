import Network
import Synchronization
import Testing

/// Answers requests in the order of its script and refuses every other.
final class ScriptedHTTP: HTTPClient {
    /// One request that must come, and its answer.
    struct Exchange: Sendable {
        /// Verb and address: `GET https://host/path`.
        var request: String
        var answer: Result<HTTPResponse, HTTPFailure>
    }

    private struct State {
        var rest: [Exchange]
        var seen: [HTTPRequest] = []
    }
    private let state: Mutex<State>

    init(_ script: [Exchange] = []) { state = Mutex(State(rest: script)) }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let line = "\(request.method) \(request.url)"
        return try state.withLock { state in
            state.seen.append(request)
            guard let next = state.rest.first, next.request == line else {
                let expected = state.rest.first?.request ?? "nothing"
                Issue.record("unexpected request `\(line)`; the script has \(expected)")
                throw HTTPFailure(reason: .refused, message: "not in the script", mayHaveSent: false)
            }
            state.rest.removeFirst()
            return try next.answer.get()
        }
    }

    /// Requests so far.
    var seen: [HTTPRequest] { state.withLock { $0.seen } }

    /// Body of the last request that had one, as text.
    var lastBody: String {
        let bodies = seen.compactMap(\.body)
        return bodies.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Whether the whole script was played.
    var isOver: Bool { state.withLock { $0.rest.isEmpty } }
}

extension ScriptedHTTP.Exchange {
    /// Exchange that ends well.
    static func ok(_ request: String, status: Int = 200, headers: [HTTPField] = [], _ body: String = "") -> Self {
        Self(request: request, answer: .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8))))
    }

    /// Exchange that ends in `failure`.
    static func failed(_ request: String, _ failure: HTTPFailure) -> Self {
        Self(request: request, answer: .failure(failure))
    }
}
