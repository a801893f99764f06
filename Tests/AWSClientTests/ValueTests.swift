import Testing

@testable import AWSClient

@Suite struct ValueTests {
    @Test func secretsShowNothing() {
        let credentials = World.keys
        let secret = credentials.secretAccessKey.exposed
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains(secret))
        }
        #expect("\(credentials.secretAccessKey)" == "‹redacted›")
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_795_230_245, "2026-11-21T03:04:05Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    ])
    func momentsAreWrittenAndReadBack(seconds: Double, text: String) {
        #expect(AWSTimestamp(seconds: seconds).description == text)
        #expect(AWSTimestamp(iso8601: text)?.seconds == seconds)
    }

    @Test func momentsWithFractionsAndOffsetsAreRead() {
        #expect(AWSTimestamp(iso8601: "2026-11-21T03:04:05.250Z")?.seconds == 1_795_230_245.25)
        #expect(AWSTimestamp(iso8601: "2026-11-21T12:04:05+09:00") == World.start)
        #expect(AWSTimestamp(iso8601: "2026-11-21T03:04:05UTC") == World.start)
        #expect(AWSTimestamp(httpDate: "Sat, 21 Nov 2026 03:04:05 GMT") == World.start)
        #expect(World.start.basicFormat == "20261121T030405Z")
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T03:04:05", "2026-13-21T03:04:05Z", "2026-02-30T03:04:05Z", "2026-11-21T25:04:05Z",
        "2026-11-21T03:04:05+9", "x026-11-21T03:04:05Z", "2026-11-21T03:04:05.Z",
    ])
    func whatIsNoMomentIsRefused(text: String) {
        #expect(AWSTimestamp(iso8601: text) == nil)
    }

    @Test func errorsAreOneLine() {
        var error = AWSError(kind: .refused, service: "ECS", operation: "RunTask", code: "Denied", message: "no")
        error.status = 400
        error.requestID = "r"
        error.attempts = 3
        #expect("\(error)" == "ECS RunTask: Denied: no (HTTP 400, request r, 3 attempts)")
    }

    @Test func policiesAreDecoded() {
        #expect(IAM.policyText("%7B%22a%22%3A%22%ED%95%9C%22%7D") == #"{"a":"한"}"#)
        #expect(IAM.policyText("%7") == nil)
    }
}
