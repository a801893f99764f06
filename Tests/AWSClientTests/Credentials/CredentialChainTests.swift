import Network
import Testing

@testable import AWSClient

/// Each source alone, and which wins.
@Suite struct CredentialChainTests {
    private static let keyEnvironment = [
        "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret", "AWS_SESSION_TOKEN": "env-token",
    ]
    private static let keyFile = [
        "/home/ops/.aws/credentials": "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = file-secret\n"
    ]
    private static let refused = Result<HTTPResponse, HTTPFailure>.failure(
        HTTPFailure(reason: .refused, message: "refused", mayHaveSent: false)
    )

    private func credentials(of world: World, profile: String? = nil) async throws -> AWSCredentials {
        let client = try AWSClient.connect(
            region: "ap-northeast-2",
            profile: profile,
            surroundings: world.surroundings
        )
        return try await client.currentCredentials()
    }

    @Test func environmentWinsOverFiles() async throws {
        let world = World(environment: CredentialChainTests.keyEnvironment, files: CredentialChainTests.keyFile)
        let credentials = try await credentials(of: world)
        #expect(credentials.accessKeyID == "AKIDENV")
        #expect(credentials.sessionToken == Secret("env-token"))
        #expect(credentials.source == "environment")
    }

    @Test func profileGivenByArgumentWinsOverEnvironment() async throws {
        let world = World(environment: CredentialChainTests.keyEnvironment, files: CredentialChainTests.keyFile)
        #expect(try await credentials(of: world, profile: "default").accessKeyID == "AKIDFILE")
    }

    @Test func environmentWinsOverProfileNamedByEnvironment() async throws {
        var environment = CredentialChainTests.keyEnvironment
        environment["AWS_PROFILE"] = "default"
        let world = World(environment: environment, files: CredentialChainTests.keyFile)
        #expect(try await credentials(of: world).accessKeyID == "AKIDENV")
    }

    @Test func halfAPairOfKeysIsAnErrorAndNotPassedOver() async throws {
        let world = World(environment: ["AWS_ACCESS_KEY_ID": "AKIDENV"], files: CredentialChainTests.keyFile)
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(fault.source == "environment")
        #expect(fault.reason == "`AWS_SECRET_ACCESS_KEY` is not set")
        #expect(fault.hint != nil)
    }

    @Test func nothingSetUpNamesEverySourceTried() async throws {
        let world = World([CredentialChainTests.refused])
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(
            fault.triedBefore.map(\.source) == [
                "environment", "web identity", "profile `default`", "container endpoint", "instance metadata",
            ]
        )
        #expect(fault.hint != nil)
        #expect(world.http.requests.count == 1)
    }

    @Test func missingProfileNamesThoseThatExist() async throws {
        let world = World(
            files: ["/home/ops/.aws/config": "[profile prod]\nregion = eu-west-1\n[profile dev]\nregion = x\n"])
        let fault = try await credentialFault { try await credentials(of: world, profile: "prd") }
        #expect(fault.source == "profile `prd`")
        #expect(fault.hint == "there are `dev`, `prod`")
    }

    @Test func webIdentityIsTakenWithTheTokenFileUnsigned() async throws {
        let world = World(
            [.success(.text(200, CredentialAnswers.webIdentity))],
            environment: [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/run/token", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/ci",
                "AWS_ROLE_SESSION_NAME": "build 7",
            ],
            files: ["/run/token": "jwt.a.b\n"]
        )
        let credentials = try await credentials(of: world)
        #expect(credentials.accessKeyID == "ASIAWEB")
        #expect(credentials.accountID == "123456789012")
        #expect(credentials.expiration == AWSTimestamp(iso8601: "2026-11-21T04:04:05Z"))
        let request = try #require(world.http.requests.first)
        #expect(request.header("Authorization") == nil)
        #expect(request.url == "https://sts.ap-northeast-2.amazonaws.com/")
        #expect(
            request.text
                == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3A"
                + "role%2Fci&RoleSessionName=build%207&WebIdentityToken=jwt.a.b"
        )
    }

    @Test func missingTokenFileIsAnError() async throws {
        let world = World(environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/run/token", "AWS_ROLE_ARN": "arn:x"])
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(fault.reason == "there is no file `/run/token`")
    }

    @Test func refusedRoleSaysWhatStsSaid() async throws {
        let body = """
            <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized</Message></Error>\
            <RequestId>r-1</RequestId></ErrorResponse>
            """
        let world = World(
            [.success(.text(403, body))],
            environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/run/token", "AWS_ROLE_ARN": "arn:x"],
            files: ["/run/token": "jwt"]
        )
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(
            fault.reason
                == "the role `arn:x` was not given: STS AssumeRoleWithWebIdentity: AccessDenied: Not authorized "
                + "(HTTP 403, request r-1)"
        )
    }

    @Test func containerEndpointIsAskedWithItsToken() async throws {
        let world = World(
            [.success(.text(200, CredentialAnswers.container))],
            environment: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.9:1338/v2/keys",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/run/authorization",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "not this one",
            ],
            files: ["/run/authorization": "Bearer t\n"]
        )
        let credentials = try await credentials(of: world)
        #expect(credentials.accessKeyID == "ASIATASK")
        #expect(credentials.sessionToken == Secret("task-token"))
        let request = try #require(world.http.requests.first)
        #expect(request.url == "http://127.0.0.9:1338/v2/keys")
        #expect(request.header("Authorization") == "Bearer t")
        #expect(!request.usesProxy)
    }

    @Test func relativeContainerAddressBelongsToTheTaskEndpoint() async throws {
        let world = World(
            [.success(.text(200, CredentialAnswers.container))],
            environment: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1"]
        )
        _ = try await credentials(of: world)
        #expect(world.http.requests.map(\.url) == ["http://169.254.170.2/v2/credentials/1"])
    }

    @Test(arguments: [
        "http://example.com/keys", "http://127.0.0.1.example.com/", "http://127.0.0.1@example.com/", "ftp://127.0.0.1/",
        "http://169.254.170.23.nip.io/",
    ])
    func tokensAreSentInTheClearToThisMachineAlone(url: String) async throws {
        let world = World(environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url])
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(fault.source == "container endpoint")
        #expect(world.http.requests.isEmpty)
    }

    @Test func instanceMetadataIsAskedInVersionTwo() async throws {
        let world = World([
            .success(.text(200, "session")), .success(.text(200, "grafana-host\n")),
            .success(.text(200, CredentialAnswers.instance)),
        ])
        let credentials = try await credentials(of: world)
        #expect(credentials.accessKeyID == "ASIAHOST")
        let requests = world.http.requests
        #expect(requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(requests[0].header("X-aws-ec2-metadata-token-ttl-seconds") == "21600")
        #expect(requests[2].header("X-aws-ec2-metadata-token") == "session")
        #expect(
            requests[2].url == "http://169.254.169.254/latest/meta-data/iam/security-credentials/grafana-host"
        )
        #expect(requests.allSatisfy { !$0.usesProxy })
    }

    @Test func instanceWithoutRoleIsNoSource() async throws {
        let world = World([.success(.text(200, "session")), .success(.text(404, "<html/>"))])
        let fault = try await credentialFault { try await credentials(of: world) }
        #expect(fault.triedBefore.last?.reason == "the instance has no role")
    }

    @Test func disabledMetadataServiceIsNotAsked() async throws {
        let world = World(environment: ["AWS_EC2_METADATA_DISABLED": "true"])
        _ = try await credentialFault { try await credentials(of: world) }
        #expect(world.http.requests.isEmpty)
    }
}
