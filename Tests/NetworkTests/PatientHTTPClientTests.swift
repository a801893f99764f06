import Network
import Synchronization
import Testing

/// What is done when a server says that it is asked too often.
@Suite struct PatientHTTPClientTests {
    private final class Script: HTTPClient {
        let answers: Mutex<[HTTPResponse]>
        let waits = Mutex<[Duration]>([])
        init(_ answers: [HTTPResponse]) { self.answers = Mutex(answers) }
        func send(_ request: HTTPRequest) async throws -> HTTPResponse { answers.withLock { $0.removeFirst() } }
        func patient() -> PatientHTTPClient {
            PatientHTTPClient(self) { [self] wait in
                waits.withLock { $0.append(wait) }
            } random: {
                0.5
            }
        }
    }

    private static func busy(_ after: String? = nil) -> HTTPResponse {
        HTTPResponse(status: 429, headers: after.map { [HTTPField("retry-after", $0)] } ?? [])
    }
    private static let post = HTTPRequest(method: "POST", url: "http://127.0.0.1/")

    @Test func aChangeRefusedForItsRateIsAskedForAgainAfterAWait() async throws {
        let script = Script([Self.busy(), Self.busy("7"), HTTPResponse(status: 200)])
        #expect(try await script.patient().send(Self.post).status == 200)
        #expect(script.waits.withLock { $0 } == [.milliseconds(500), .seconds(7)])
    }

    @Test func afterThreeTriesTheRefusalIsTheAnswer() async throws {
        let script = Script([Self.busy(), Self.busy(), Self.busy(), HTTPResponse(status: 200)])
        #expect(try await script.patient().send(Self.post).status == 429)
        #expect(script.answers.withLock { $0.count } == 1)
    }

    @Test(arguments: [500, 503, 400, 200]) func anyOtherAnswerStands(status: Int) async throws {
        let script = Script([HTTPResponse(status: status), HTTPResponse(status: 200)])
        #expect(try await script.patient().send(Self.post).status == status)
    }

    @Test func nobodyWaitsForAnHour() async throws {
        let script = Script([Self.busy("3600"), HTTPResponse(status: 200)])
        #expect(try await script.patient().send(Self.post).status == 429)
        #expect(script.waits.withLock { $0 } == [])
    }
}
