import Digest
import Network
import Testing

@testable import AWSClient

/// Credentials by the token that `aws sso login` left.
@Suite struct SSOTests {
    private static let config = """
        [profile p]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Operator
        [sso-session corp]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        """
    private static let cache =
        "/home/ops/.aws/sso/cache/\(Hex.encode(SHA1.digest(Array("corp".utf8)))).json"
    private static let renewed = HTTPResponse.text(
        200,
        #"{"accessToken":"new","expiresIn":3600,"refreshToken":"next","tokenType":"Bearer"}"#
    )

    private func world(tokenEnds end: String, _ answers: [Result<HTTPResponse, HTTPFailure>]) -> World {
        let token = """
            {"accessToken":"old","expiresAt":"\(end)","refreshToken":"r","clientId":"c","clientSecret":"s",
            "registrationExpiresAt":"2027-01-01T00:00:00Z","startUrl":"https://corp.awsapps.com/start"}
            """
        return World(answers, files: ["/home/ops/.aws/config": SSOTests.config, SSOTests.cache: token])
    }

    private func credentials(_ world: World) async throws -> AWSCredentials {
        let client = try AWSClient.connect(
            region: "ap-northeast-2",
            profile: "p",
            surroundings: world.surroundings
        )
        return try await client.currentCredentials()
    }

    @Test func freshTokenGetsRoleCredentials() async throws {
        let world = world(tokenEnds: "2026-11-21T05:00:00Z", [.success(.text(200, CredentialAnswers.sso))])
        let credentials = try await credentials(world)
        #expect(credentials.accessKeyID == "ASIASSO")
        #expect(credentials.expiration == AWSTimestamp(seconds: 1_795_233_845))
        let request = try #require(world.http.requests.first)
        #expect(
            request.url
                == "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Operator"
                + "&account_id=123456789012"
        )
        #expect(request.header("x-amz-sso_bearer_token") == "old")
        #expect(request.header("Authorization") == nil)
    }

    @Test func endedTokenIsRenewedAndKeptForOtherTools() async throws {
        let world = world(
            tokenEnds: "2026-11-21T03:00:00Z",
            [.success(SSOTests.renewed), .success(.text(200, CredentialAnswers.sso))]
        )
        _ = try await credentials(world)
        #expect(
            world.http.requests[0].text
                == #"{"clientId":"c","clientSecret":"s","grantType":"refresh_token","refreshToken":"r"}"#
        )
        #expect(world.http.requests[1].header("x-amz-sso_bearer_token") == "new")
        let kept = try JSONDocument(parsing: Array((world.files[SSOTests.cache] ?? "").utf8))
        #expect(kept["accessToken"] == "new")
        #expect(kept["refreshToken"] == "next")
        #expect(kept["expiresAt"] == "2026-11-21T04:04:05Z")
        #expect(kept["startUrl"] == "https://corp.awsapps.com/start")
    }

    @Test func failedRenewalUsesTheTokenThatStillHolds() async throws {
        let world = world(
            tokenEnds: "2026-11-21T03:07:00Z",
            [
                .success(.text(400, #"{"error":"invalid_grant","error_description":"no"}"#)),
                .success(.text(200, CredentialAnswers.sso)),
            ]
        )
        _ = try await credentials(world)
        #expect(world.http.requests[1].header("x-amz-sso_bearer_token") == "old")
    }

    @Test func failedRenewalOfAnEndedTokenAsksForALogin() async throws {
        let world = world(
            tokenEnds: "2026-11-21T03:00:00Z",
            [.success(.text(400, #"{"error":"invalid_grant","error_description":"no"}"#))]
        )
        let fault = try await credentialFault { try await credentials(world) }
        #expect(fault.hint == "run `aws sso login --profile p`")
        #expect(fault.reason.contains("invalid_grant: no"))
    }

    @Test func missingTokenAsksForALogin() async throws {
        let world = World(files: ["/home/ops/.aws/config": SSOTests.config])
        let fault = try await credentialFault { try await credentials(world) }
        #expect(fault.reason == "there is no SSO token `\(SSOTests.cache)`")
        #expect(fault.hint == "run `aws sso login --profile p`")
    }
}
