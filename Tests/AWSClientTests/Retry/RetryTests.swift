import Network
import Testing

@testable import AWSClient

/// What is sent again, and what never is.
@Suite struct RetryTests {
    private static let throttled = HTTPResponse.text(400, #"{"__type":"ThrottlingException","message":"slow"}"#)
    private static let broken = HTTPResponse.text(500, #"{"__type":"ServerException","message":"oops"}"#)
    private static let denied = HTTPResponse.text(400, #"{"__type":"AccessDeniedException","message":"no"}"#)
    private static let page = HTTPResponse.text(500, "<html>not implemented</html>")
    private static let lost = HTTPFailure(reason: .connectionLost, message: "cut", mayHaveSent: true)
    private static let unreached = HTTPFailure(reason: .refused, message: "refused", mayHaveSent: false)

    /// Attempts made when every answer is `answer`, and the error at the end.
    private func attempts(
        _ answer: Result<HTTPResponse, HTTPFailure>,
        _ idempotency: Idempotency
    ) async throws -> (count: Int, error: AWSError, world: World) {
        let world = World(Array(repeating: answer, count: 20))
        let error = try await awsError {
            try await world.client().call(
                service: "ecs",
                operation: "Operation",
                parameters: [:],
                idempotency: idempotency
            )
        }
        #expect(error.attempts == world.http.requests.count)
        #expect(world.delays.count == world.http.requests.count - 1)
        return (world.http.requests.count, error, world)
    }

    @Test(arguments: [
        (Idempotency.readOnly, 5), (.token, 3), (.convergent, 3), (.once, 3),
    ])
    func throttlingIsTriedAgainInEveryClass(idempotency: Idempotency, count: Int) async throws {
        let result = try await attempts(.success(RetryTests.throttled), idempotency)
        #expect(result.count == count)
        #expect(!result.error.mayHaveApplied)
    }

    @Test(arguments: [
        (Idempotency.readOnly, 5), (.token, 3), (.convergent, 3), (.once, 1),
    ])
    func answerLostAfterSendingIsNotRepeatedInClassOnce(idempotency: Idempotency, count: Int) async throws {
        let result = try await attempts(.failure(RetryTests.lost), idempotency)
        #expect(result.count == count)
        #expect(result.error.mayHaveApplied == (idempotency != .readOnly))
        #expect(result.error.kind == .transport(.connectionLost))
    }

    @Test(arguments: [
        (Idempotency.readOnly, 5), (.token, 3), (.convergent, 3), (.once, 1),
    ])
    func serverFaultIsNotRepeatedInClassOnce(idempotency: Idempotency, count: Int) async throws {
        #expect(try await attempts(.success(RetryTests.broken), idempotency).count == count)
    }

    @Test func requestThatNeverLeftIsSentAgainInClassOnce() async throws {
        let result = try await attempts(.failure(RetryTests.unreached), .once)
        #expect(result.count == 3)
        #expect(!result.error.mayHaveApplied)
    }

    @Test(arguments: [Idempotency.readOnly, .token, .convergent, .once])
    func refusalIsFinal(idempotency: Idempotency) async throws {
        #expect(try await attempts(.success(RetryTests.denied), idempotency).count == 1)
    }

    @Test func pageOfAnotherServerIsTriedTwice() async throws {
        #expect(try await attempts(.success(RetryTests.page), .readOnly).count == 2)
        #expect(try await attempts(.success(.text(501, "<html/>")), .readOnly).count == 1)
    }

    @Test(arguments: [HTTPFailure.Reason.badURL, .certificate, .tooLarge])
    func failuresThatWouldComeAgainAreFinal(reason: HTTPFailure.Reason) async throws {
        let failure = HTTPFailure(reason: reason, message: "m", mayHaveSent: false)
        #expect(try await attempts(.failure(failure), .readOnly).count == 1)
    }

    @Test func delaysGrowToTheCapWithFullJitter() {
        func delay(_ attempt: Int, _ random: Double) -> Duration? {
            RetryPolicy.delay(
                after: .transient,
                idempotency: .readOnly,
                attempt: attempt,
                mayHaveApplied: false,
                random: random
            )
        }
        #expect([1, 2, 3, 4].map { delay($0, 0.5) } == [.seconds(0.5), .seconds(1), .seconds(2), .seconds(4)])
        #expect(delay(1, 0) == .zero)
        #expect(delay(5, 0.5) == nil)
    }

    @Test func serversWishToWaitIsHonouredUpToTheCap() async throws {
        let world = World([
            .success(.text(503, "", headers: [("retry-after", "7")])),
            .success(.text(503, "", headers: [("retry-after", "100000")])), .success(.text(200, "{}")),
        ])
        _ = try await world.client().call(
            service: "ecs",
            operation: "Operation",
            parameters: [:],
            idempotency: .readOnly
        )
        #expect(world.delays == [.seconds(7), .seconds(20)])
    }

    @Test func onlyClassOnceInsistsOnAFreshConnection() async throws {
        for idempotency in [Idempotency.readOnly, .token, .convergent, .once] {
            let result = try await attempts(.failure(RetryTests.unreached), idempotency)
            #expect(result.world.http.requests.allSatisfy { $0.usesFreshConnection == (idempotency == .once) })
        }
    }

    @Test func earlierDoubtOutlivesALaterRefusal() async throws {
        let world = World([.failure(RetryTests.lost), .success(RetryTests.denied)])
        let error = try await awsError {
            try await world.client().call(
                service: "ecs",
                operation: "Operation",
                parameters: [:],
                idempotency: .convergent
            )
        }
        #expect(error.code == "AccessDeniedException")
        #expect(error.mayHaveApplied)
    }

    @Test func cancellingEndsTheTries() async throws {
        let world = World([.success(RetryTests.throttled), .success(RetryTests.throttled)])
        var surroundings = world.surroundings
        surroundings.sleep = { _ in throw CancellationError() }
        let aws = AWSClient(
            configuration: AWSConfiguration(region: "us-east-1"),
            credentials: StaticCredentials(World.keys),
            surroundings: surroundings
        )
        await #expect(throws: CancellationError.self) {
            try await aws.call(service: "ecs", operation: "Operation", parameters: [:], idempotency: .readOnly)
        }
        #expect(world.http.requests.count == 1)
    }

    @Test func quotasAreNotTakenForThrottling() {
        var error = AWSError(
            kind: .refused,
            service: "ECR",
            operation: "x",
            code: "LimitExceededException",
            message: ""
        )
        error.status = 400
        #expect(FailureClass(error) == .permanent)
    }
}
