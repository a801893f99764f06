import Network
import Testing

@testable import AWSClient

/// What a profile of the shared files leads to.
@Suite struct ProfileTests {
    private static let config = "/home/ops/.aws/config"
    private static let base = """
        [profile base]
        aws_access_key_id = AKIDBASE
        aws_secret_access_key = base-secret

        """

    private func credentials(_ world: World, _ profile: String) async throws -> AWSCredentials {
        let client = try AWSClient.connect(
            region: "ap-northeast-2",
            profile: profile,
            surroundings: world.surroundings
        )
        return try await client.currentCredentials()
    }

    private func fault(_ text: String, _ profile: String) async throws -> CredentialFault {
        try await credentialFault { try await credentials(World(files: [ProfileTests.config: text]), profile) }
    }

    @Test func roleIsTakenWithTheSourceProfilesKeys() async throws {
        let text =
            ProfileTests.base + """
                [profile prod]
                role_arn = arn:aws:iam::123456789012:role/migrate
                source_profile = base
                external_id = ext-1
                role_session_name = cutover
                mfa_serial = arn:aws:iam::1:mfa/kim
                duration_seconds = 3600
                region = eu-west-1
                """
        let world = World([.success(.text(200, CredentialAnswers.role))], files: [ProfileTests.config: text])
        let credentials = try await credentials(world, "prod")
        #expect(credentials.accessKeyID == "ASIAROLE")
        #expect(credentials.source == "profile `prod`")
        let request = try #require(world.http.requests.first)
        #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(request.header("Authorization")?.contains("Credential=AKIDBASE/20261121/eu-west-1/sts/") == true)
        #expect(
            request.text.split(separator: "&").dropFirst(2) == [
                "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fmigrate", "RoleSessionName=cutover",
                "DurationSeconds=3600", "ExternalId=ext-1", "SerialNumber=arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fkim",
                "TokenCode=123456",
            ]
        )
    }

    @Test func rolesChainThroughProfiles() async throws {
        let text =
            ProfileTests.base + """
                [profile hop]
                role_arn = arn:hop
                source_profile = base
                [profile prod]
                role_arn = arn:prod
                source_profile = hop
                """
        let world = World(
            [.success(.text(200, CredentialAnswers.role)), .success(.text(200, CredentialAnswers.role))],
            files: [ProfileTests.config: text]
        )
        _ = try await credentials(world, "prod")
        #expect(world.http.requests.map { $0.text.contains("arn%3Aprod") } == [false, true])
    }

    @Test func roleOfAProfileWithItsOwnKeysUsesThem() async throws {
        let text = """
            [profile self]
            role_arn = arn:self
            source_profile = self
            aws_access_key_id = AKIDSELF
            aws_secret_access_key = s
            """
        let world = World([.success(.text(200, CredentialAnswers.role))], files: [ProfileTests.config: text])
        #expect(try await credentials(world, "self").accessKeyID == "ASIAROLE")
        #expect(world.http.requests.first?.header("Authorization")?.contains("AKIDSELF") == true)
    }

    @Test func circleOfProfilesIsAnError() async throws {
        let text = """
            [profile a]
            role_arn = arn:a
            source_profile = b
            [profile b]
            role_arn = arn:b
            source_profile = a
            """
        #expect(try await fault(text, "a").reason == "its `source_profile` leads back to itself")
    }

    @Test func roleOfTheEnvironmentsKeys() async throws {
        let text = "[profile ci]\nrole_arn = arn:ci\ncredential_source = Environment\n"
        let world = World(
            [.success(.text(200, CredentialAnswers.role))],
            environment: ["AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"],
            files: [ProfileTests.config: text]
        )
        #expect(try await credentials(world, "ci").accessKeyID == "ASIAROLE")
        #expect(world.http.requests.first?.header("Authorization")?.contains("AKIDENV") == true)
    }

    @Test(arguments: [
        ("role_arn = arn:x", "its role has neither `source_profile` nor `credential_source`"),
        (
            "role_arn = arn:x\nsource_profile = p\ncredential_source = Environment",
            "it has both `source_profile` and `credential_source`"
        ),
        ("role_arn = arn:x\ncredential_source = Moon", "its `credential_source` `Moon` is unknown"),
        ("aws_access_key_id = AKID", "it lacks `aws_secret_access_key`"),
        ("sso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1", "it lacks `sso_role_name`"),
        (
            "sso_session = gone\nsso_account_id = 1\nsso_role_name = r",
            "there is no `[sso-session gone]` in `/home/ops/.aws/config`"
        ),
        ("region = us-east-1", "it has no keys, role, SSO settings or `credential_process`"),
    ])
    func brokenProfileSaysWhatItLacks(settings: String, reason: String) async throws {
        #expect(try await fault("[profile p]\n\(settings)\n", "p").reason == reason)
    }

    @Test func processGivesCredentials() async throws {
        let world = World(
            files: [ProfileTests.config: "[profile p]\ncredential_process = /opt/keys --account 7\n"],
            processes: ["/opt/keys --account 7": CredentialAnswers.process]
        )
        let credentials = try await credentials(world, "p")
        #expect(credentials.accessKeyID == "ASIAPROC")
        #expect(credentials.expiration == AWSTimestamp(iso8601: "2026-11-21T09:00:00Z"))
    }

    @Test(arguments: [
        ("", "printed no JSON"), (#"{"Version":2}"#, #"printed no `"Version": 1`"#),
        (#"{"Version":1,"AccessKeyId":"A"}"#, "lacks `SecretAccessKey`"),
    ])
    func brokenProcessOutputIsAnErrorThatShowsNoOutput(output: String, words: String) async throws {
        let world = World(
            files: [ProfileTests.config: "[profile p]\ncredential_process = keys\n"],
            processes: ["keys": output]
        )
        let fault = try await credentialFault { try await credentials(world, "p") }
        #expect(fault.reason.contains(words))
    }

    @Test func credentialsFileWinsOverConfigFile() async throws {
        let world = World(files: [
            ProfileTests.config: "[profile p]\naws_access_key_id = OLD\naws_secret_access_key = old\n",
            "/home/ops/.aws/credentials": "[p]\naws_access_key_id = NEW\naws_secret_access_key = new # remark\n",
        ])
        let credentials = try await credentials(world, "p")
        #expect(credentials.accessKeyID == "NEW")
        #expect(credentials.secretAccessKey == Secret("new"))
    }

    @Test func filesAreWhereTheEnvironmentSays() async throws {
        let world = World(
            environment: ["AWS_SHARED_CREDENTIALS_FILE": "~/keys", "AWS_CONFIG_FILE": "/etc/aws"],
            files: [
                "/home/ops/keys": "[p]\naws_access_key_id = K\naws_secret_access_key = s\n",
                "/etc/aws": "[profile p]\nregion = sa-east-1\n",
            ]
        )
        #expect(try await credentials(world, "p").accessKeyID == "K")
        #expect(
            try AWSConfiguration.load(profile: "p", from: world.surroundings).region == "sa-east-1"
        )
    }
}
