import Network
import Testing

@testable import AWSClient

/// Errors of each protocol, and answers that are none.
@Suite struct ErrorReaderTests {
    struct Sample: Sendable {
        var service: AWSService
        var body: String
        var headers: [(String, String)] = []
        var code: String
        var message: String
        var requestID: String? = nil
    }

    static let samples = [
        Sample(
            service: .ecs,
            body: #"{"__type":"com.amazonaws.ecs#ServiceNotFoundException","message":"none"}"#,
            headers: [("x-amzn-requestid", "r1")],
            code: "ServiceNotFoundException",
            message: "none",
            requestID: "r1"
        ),
        Sample(
            service: .cloudWatch,
            body: #"{"message":"slow\ndown"}"#,
            headers: [("x-amzn-errortype", "Throttling:http://internal.amazon.com/x")],
            code: "Throttling",
            message: "slow down"
        ),
        Sample(
            service: .secretsManager,
            body: #"{"__type":"ResourceNotFoundException","Message":"gone"}"#,
            code: "ResourceNotFoundException",
            message: "gone"
        ),
        Sample(
            service: .ssoOIDC,
            body: #"{"error":"invalid_grant","error_description":"Invalid refresh token"}"#,
            code: "invalid_grant",
            message: "Invalid refresh token"
        ),
        Sample(
            service: .iam,
            body:
                "<ErrorResponse xmlns='x'><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no role</Message>"
                + "</Error><RequestId>r2</RequestId></ErrorResponse>",
            code: "NoSuchEntity",
            message: "no role",
            requestID: "r2"
        ),
        Sample(
            service: .ec2,
            body: "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>no vpc</Message></Error>"
                + "</Errors><RequestID>r3</RequestID></Response>",
            code: "InvalidVpcID.NotFound",
            message: "no vpc",
            requestID: "r3"
        ),
        Sample(
            service: .route53,
            body: "<InvalidChangeBatch><Messages><Message>one</Message><Message>two</Message></Messages>"
                + "<RequestId>r4</RequestId></InvalidChangeBatch>",
            code: "InvalidChangeBatch",
            message: "one; two",
            requestID: "r4"
        ),
        Sample(
            service: .route53,
            body: "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidChangeBatch</Code>"
                + "<Message>[Tried to delete, not found]</Message></Error><RequestId>r5</RequestId></ErrorResponse>",
            code: "InvalidChangeBatch",
            message: "[Tried to delete, not found]",
            requestID: "r5"
        ),
        Sample(
            service: .s3,
            body: "<?xml version='1.0'?><Error><Code>NoSuchBucket</Code><Message>m</Message>"
                + "<RequestId>r6</RequestId><HostId>h6</HostId></Error>",
            code: "NoSuchBucket",
            message: "m",
            requestID: "r6"
        ),
    ]

    private func read(_ service: AWSService, _ response: HTTPResponse, _ idempotency: Idempotency = .once) -> AWSError?
    {
        ErrorReader(call: Call(service, "Operation", idempotency), response: response).error()
    }

    @Test(arguments: samples.indices) func errorsAreReadInEachProtocol(index: Int) throws {
        let sample = ErrorReaderTests.samples[index]
        let error = try #require(read(sample.service, .text(400, sample.body, headers: sample.headers)))
        #expect(error.kind == .refused)
        #expect(error.code == sample.code)
        #expect(error.message == sample.message)
        #expect(error.requestID == sample.requestID)
        #expect(error.status == 400)
        #expect(!error.mayHaveApplied)
    }

    @Test func s3sHostIdIsKept() {
        #expect(read(.s3, .text(404, ErrorReaderTests.samples[8].body))?.hostID == "h6")
        #expect(read(.s3, .text(404, "<x/>", headers: [("x-amz-id-2", "h")]))?.hostID == "h")
    }

    @Test func successIsNoError() {
        #expect(read(.ecs, .text(200, "")) == nil)
        #expect(read(.s3, .text(204, "")) == nil)
    }

    @Test(arguments: [AWSService.ecs, .iam, .ec2, .route53, .s3, .sso])
    func pageOfAnotherServerShowsItsStartOnOneLine(service: AWSService) throws {
        let page =
            "<!doctype html>\n<html lang=en>\n\t<h1>Internal Server Error</h1>" + String(repeating: "x", count: 500)
        let error = try #require(read(service, .text(500, page)))
        #expect(error.kind == .unreadable)
        #expect(error.message.contains("`<!doctype html> <html lang=en> <h1>Internal Server Error</h1>xxx"))
        #expect(error.message.hasSuffix("`…"))
        #expect(!error.message.contains("\n"))
        #expect(error.message.count < 300)
        #expect(error.mayHaveApplied)
    }

    @Test(arguments: [(400, false), (403, false), (501, false), (500, true), (503, true)])
    func onlyServerSidePagesLeaveDoubt(status: Int, mayHaveApplied: Bool) {
        #expect(read(.ecs, .text(status, "<html/>"))?.mayHaveApplied == mayHaveApplied)
    }

    @Test func throttlingWithA5xxLeavesNoDoubt() {
        let slow = "<Error><Code>SlowDown</Code><Message>m</Message></Error>"
        #expect(read(.s3, .text(503, slow))?.mayHaveApplied == false)
        let broken = "<Error><Code>InternalError</Code><Message>m</Message></Error>"
        #expect(read(.s3, .text(500, broken))?.mayHaveApplied == true)
    }

    @Test func readsNeverLeaveDoubt() {
        #expect(read(.ecs, .text(500, "<html/>"), .readOnly)?.mayHaveApplied == false)
    }

    @Test func headAnswersAreNamedByTheirStatus() {
        var call = Call("HEAD", bucket: "b", "HeadBucket", .readOnly)
        call.method = "HEAD"
        let error = ErrorReader(
            call: call,
            response: .text(301, "", headers: [("x-amz-bucket-region", "eu-west-1")])
        ).error()
        #expect(error?.code == "PermanentRedirect")
        #expect(error?.hint == "the bucket is in `eu-west-1`")
    }

    @Test func cutAnswerSaysWhatWasSeen() async throws {
        let world = World([.success(.text(200, #"{"services":[{"serviceArn":"a","#))])
        let error = try await awsError {
            try await world.client().ecs.createService(.init(serviceName: "s", clientToken: "t"))
        }
        #expect(error.kind == .unreadable)
        #expect(error.message == #"the answer is no JSON: `{"services":[{"serviceArn":"a",`"#)
        #expect(error.mayHaveApplied)
    }

    @Test func missingMemberIsNamedByItsPath() async throws {
        let world = World([.success(.text(200, #"{"service":{"serviceName":"s"}}"#))])
        let error = try await awsError {
            try await world.client().ecs.createService(.init(serviceName: "s", clientToken: "t"))
        }
        #expect(error.message.hasPrefix("`service.serviceArn` is missing"))
    }

    @Test func unreadableSecretIsNotShown() async throws {
        let world = World([.success(.text(200, #"{"SecretString":"hunter2""#))])
        let error = try await awsError {
            try await world.client().secretsManager.getSecretValue(.init(secretId: "s"))
        }
        #expect(!"\(error)".contains("hunter2"))
        #expect(error.message.contains("not shown"))
    }
}
