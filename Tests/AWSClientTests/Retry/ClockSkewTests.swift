import Network
import Testing

@testable import AWSClient

/// A machine whose clock is wrong.
@Suite struct ClockSkewTests {
    private static func refusal(_ date: String) -> Result<HTTPResponse, HTTPFailure> {
        .success(
            .text(
                403,
                #"{"__type":"InvalidSignatureException","message":"Signature expired"}"#,
                headers: [("date", date)]
            )
        )
    }
    private static let anHourAhead = "Sat, 21 Nov 2026 04:04:05 GMT"

    private func call(_ world: World, _ aws: AWSClient, _ idempotency: Idempotency = .once) async throws {
        _ = try await aws.call(service: "ecs", operation: "Operation", parameters: [:], idempotency: idempotency)
    }

    @Test func wrongClockIsCorrectedAtOnceAndRemembered() async throws {
        let world = World([
            ClockSkewTests.refusal(ClockSkewTests.anHourAhead), .success(.text(200, "{}")), .success(.text(200, "{}")),
        ])
        let aws = world.client()
        try await call(world, aws)
        try await call(world, aws.inRegion("us-west-2"))
        #expect(
            world.http.requests.map { $0.header("X-Amz-Date") } == [
                "20261121T030405Z", "20261121T040405Z", "20261121T040405Z",
            ]
        )
        #expect(world.delays.isEmpty)
    }

    @Test func rightClockMakesTheRefusalFinal() async throws {
        let world = World([ClockSkewTests.refusal("Sat, 21 Nov 2026 03:05:05 GMT")])
        let error = try await awsError { try await call(world, world.client()) }
        #expect(error.code == "InvalidSignatureException")
        #expect(world.http.requests.count == 1)
    }

    @Test func clockIsCorrectedOnceACall() async throws {
        let world = World([
            ClockSkewTests.refusal(ClockSkewTests.anHourAhead),
            ClockSkewTests.refusal("Sat, 21 Nov 2026 06:04:05 GMT"),
        ])
        _ = try await awsError { try await call(world, world.client()) }
        #expect(world.http.requests.count == 2)
    }

    @Test func refusalWithoutDateTeachesNothing() {
        let skew = ClockSkew()
        #expect(!skew.learn(code: "RequestTimeTooSkewed", dateHeader: nil, now: World.start))
        #expect(!skew.learn(code: "AccessDenied", dateHeader: ClockSkewTests.anHourAhead, now: World.start))
        #expect(skew.offset == .zero)
    }

    @Test func expiredCredentialsAreRenewedOnce() async throws {
        let expired = Result<HTTPResponse, HTTPFailure>.success(
            .text(400, #"{"__type":"ExpiredTokenException","message":"expired"}"#)
        )
        let keys = { (id: String) in "[default]\naws_access_key_id = \(id)\naws_secret_access_key = s\n" }
        let world = World(
            [expired, .success(.text(200, "{}"))],
            files: ["/home/ops/.aws/credentials": keys("OLD")]
        )
        let aws = try AWSClient.connect(region: "us-east-1", surroundings: world.surroundings)
        _ = try await aws.currentCredentials()
        world.files = ["/home/ops/.aws/credentials": keys("NEW")]
        try await call(world, aws)
        #expect(world.http.requests.map { $0.header("Authorization")?.contains("Credential=NEW/") } == [false, true])
    }
}
