import Network
import Synchronization

/// Answers requests from a list, in order, and keeps what was sent; a request beyond the list fails the call.
final class ScriptedHTTPClient: HTTPClient {
    struct Exhausted: Error {}

    private struct State {
        var answers: [Result<HTTPResponse, HTTPFailure>]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ answers: [Result<HTTPResponse, HTTPFailure>]) {
        state = Mutex(State(answers: answers))
    }

    /// What was sent, in order.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let answer: Result<HTTPResponse, HTTPFailure> = try state.withLock { state in
            state.requests.append(request)
            guard !state.answers.isEmpty else { throw Exhausted() }
            return state.answers.removeFirst()
        }
        return try answer.get()
    }
}

extension HTTPResponse {
    /// An answer with a text body.
    static func text(_ status: Int, _ body: String, headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: headers.map { HTTPField($0.0, $0.1) },
            body: Array(body.utf8)
        )
    }
}

extension HTTPRequest {
    /// Body as text.
    var text: String { String(decoding: body ?? [], as: UTF8.self) }

    /// Value of a header, compared without regard to case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
