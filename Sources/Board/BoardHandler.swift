import FlyingFox
import FlyingSocks
import Foundation
import MigrateCore

/// Answers one request.
struct BoardHandler: HTTPHandler {
    let feed: BoardFeed
    let guardian: RequestGuard

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let asked = RequestGuard.Asked(
            method: request.method.rawValue,
            target: request.target.rawValue,
            headers: Dictionary(request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }) { first, _ in first }
        )
        if let (status, reason) = guardian.refusal(of: asked) {
            return Self.answer(status, "text/plain; charset=utf-8", Data("\(reason)\n".utf8), ends: true)
        }
        if let file = BoardPage.file(at: request.path) { return Self.answer(200, file.type, Data(file.bytes)) }
        do {
            switch request.path {
            case "/api/board": return Self.json(await feed.document())
            case "/api/events": return await events()
            case "/metrics":
                let figures = try await feed.metrics()
                return Self.answer(200, "text/plain; version=0.0.4; charset=utf-8", Data(figures.utf8))
            default: return try await step(request.path)
            }
        } catch BoardFault.unreadable(let reason) {
            return Self.answer(503, "text/plain; charset=utf-8", Data("\(reason)\n".utf8))
        }
    }

    private func events() async -> HTTPResponse {
        var response = Self.answer(200, "text/event-stream", Data())
        response.payload = .httpBody(HTTPBodySequence(from: EventBytes(messages: await feed.join())))
        return response
    }

    private func step(_ path: String) async throws -> HTTPResponse {
        let prefix = "/api/steps/"
        guard path.hasPrefix(prefix), let id = String(path.dropFirst(prefix.count)).removingPercentEncoding,
            let found = try await feed.step(StepID(id))
        else { return Self.answer(404, "text/plain; charset=utf-8", Data("there is no such page\n".utf8)) }
        return Self.json(found)
    }

    private static func json(_ value: Value) -> HTTPResponse {
        answer(200, "application/json; charset=utf-8", Data(value.bytes))
    }

    private static func answer(_ status: Int, _ type: String, _ body: Data, ends: Bool = false) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in BoardPage.headers { headers[HTTPHeader(name)] = value }
        headers[.contentType] = type
        if ends { headers[.connection] = "close" }
        return HTTPResponse(
            statusCode: HTTPStatusCode(status, phrase: phrases[status] ?? "Refused"),
            headers: headers,
            body: body
        )
    }

    private static let phrases = [
        200: "OK", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large",
        414: "URI Too Long", 421: "Misdirected Request", 431: "Request Header Fields Too Large",
        503: "Service Unavailable",
    ]
}
