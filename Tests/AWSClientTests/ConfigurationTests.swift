import Testing

@testable import AWSClient

/// Region and endpoints as the SDKs find them.
@Suite struct ConfigurationTests {
    private static let config = """
        [default]
        region = eu-west-1
        [profile prod]
        region = us-west-2
        endpoint_url = http://profile
        services = local
        [services local]
        ecs =
          endpoint_url = http://service
          other = x
        """

    private func load(
        _ environment: [String: String],
        region: String? = nil,
        profile: String? = nil
    ) throws -> AWSConfiguration {
        let world = World(environment: environment, files: ["/home/ops/.aws/config": ConfigurationTests.config])
        return try AWSConfiguration.load(region: region, profile: profile, from: world.surroundings)
    }

    @Test func regionComesFromArgumentThenEnvironmentThenProfile() throws {
        #expect(try load(["AWS_REGION": "a-1"], region: "b-2").region == "b-2")
        #expect(try load(["AWS_REGION": "a-1", "AWS_DEFAULT_REGION": "c-3"]).region == "a-1")
        #expect(try load(["AWS_DEFAULT_REGION": "c-3"]).region == "c-3")
        #expect(try load([:]).region == "eu-west-1")
        #expect(try load(["AWS_PROFILE": "prod"]).region == "us-west-2")
        #expect(try load(["AWS_PROFILE": "prod"], profile: "default").region == "eu-west-1")
    }

    @Test(arguments: ["", "evil.example/", "US-EAST-1", "a b"]) func wordThatIsNoRegionIsRefused(region: String) {
        #expect {
            try load([:], region: region)
        } throws: { error in
            (error as? AWSError)?.kind == .configuration && (error as? AWSError)?.hint != nil
        }
    }

    @Test func missingRegionSaysWhereToPutIt() async throws {
        let error = try await awsError { try AWSConfiguration.load(from: World().surroundings) }
        #expect(error.message == "no region is set")
        #expect(error.hint == "give `--region`, set `AWS_REGION`, or put `region` into the default profile")
    }

    @Test func endpointsComeFromTheMostSpecificPlace() throws {
        func urls(_ environment: [String: String]) throws -> [String?] {
            let endpoints = try load(environment, profile: "prod").endpoints
            return [endpoints.chosen(for: .ecs), endpoints.chosen(for: .route53)]
        }
        #expect(try urls([:]) == ["http://service", "http://profile"])
        #expect(try urls(["AWS_ENDPOINT_URL": "http://e"]) == ["http://e", "http://e"])
        #expect(try urls(["AWS_ENDPOINT_URL_ROUTE_53": "http://r"]) == ["http://service", "http://r"])
        #expect(
            try urls(["AWS_ENDPOINT_URL": "http://e", "AWS_ENDPOINT_URL_ECS": "http://c"]) == ["http://c", "http://e"]
        )
        #expect(try urls(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) == [nil, nil])
    }

    @Test func variantsComeFromTheEnvironment() throws {
        let endpoints = try load(["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "TRUE"]).endpoints
        #expect(endpoints.usesFIPS)
        #expect(endpoints.usesDualStack)
    }

    @Test func filesInAWSsDialectAreRead() {
        let file = INIFile(
            """
            # remark
            [ default ]
            Region = eu-west-1 ; remark
            url = http://x/#part
            s3 =
              addressing_style = path
            aws_secret_access_key = a=b/+c
            nonsense
            [profile "two words"]
            region=x
            """
        )
        #expect(file.sections.map(\.name) == ["default", "profile two words"])
        #expect(
            file.sections.first?.values == [
                "region": "eu-west-1", "url": "http://x/#part", "s3": "", "s3.addressing_style": "path",
                "aws_secret_access_key": "a=b/+c",
            ]
        )
    }
}
