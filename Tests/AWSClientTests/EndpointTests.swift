import Testing

@testable import AWSClient

@Suite struct EndpointTests {
    private static let services: [AWSService] = [
        .acm, .cloudWatch, .cloudWatchLogs, .ec2, .ecr, .ecs, .elasticLoadBalancing, .iam, .route53, .s3,
        .secretsManager, .serviceDiscovery, .ssm, .sso, .ssoOIDC, .sts,
    ]

    @Test func endpointsEqualBotocores() throws {
        let rows = try Table.rows("endpoints.tsv")
        #expect(rows.count > 200)
        for row in rows {
            let service = try #require(EndpointTests.services.first { $0.id == row[0] }, "\(row[0])")
            let resolver = EndpointResolver(
                settings: EndpointSettings(usesFIPS: row[2] == "true", usesDualStack: row[3] == "true")
            )
            let endpoint = resolver.endpoint(of: service, region: row[1])
            #expect(endpoint.url == row[4], "\(row)")
            #expect(endpoint.signingRegion == row[5], "\(row)")
        }
    }

    @Test func serviceTableIsReadable() {
        let lines = ServiceTable.text.split(separator: "\n")
        #expect(lines.count > 150)
        #expect(lines.allSatisfy { AWSService(tableLine: $0) != nil })
    }

    @Test func ownServicesAndTheTableAgree() throws {
        let names = [
            "acm": AWSService.acm, "cloudwatch": .cloudWatch, "logs": .cloudWatchLogs, "ec2": .ec2, "ecr": .ecr,
            "ecs": .ecs, "elbv2": .elasticLoadBalancing, "iam": .iam, "secretsmanager": .secretsManager,
            "servicediscovery": .serviceDiscovery, "service-quotas": .serviceQuotas, "ssm": .ssm, "sts": .sts,
        ]
        for (name, own) in names {
            let listed = try #require(AWSService.named(name))
            #expect(listed.id == own.id)
            #expect(listed.signingName == own.signingName)
            #expect(listed.wire == own.wire)
            for region in ["ap-northeast-2", "cn-north-1"] {
                let resolver = EndpointResolver(settings: EndpointSettings())
                #expect(
                    resolver.endpoint(of: listed, region: region) == resolver.endpoint(of: own, region: region)
                )
            }
        }
    }

    @Test func serviceWithOneEndpointIsSignedForItsRegion() throws {
        let organizations = try #require(AWSService.named("organizations"))
        let endpoint = EndpointResolver(settings: EndpointSettings()).endpoint(
            of: organizations,
            region: "ap-northeast-2"
        )
        #expect(endpoint.url == "https://organizations.us-east-1.amazonaws.com")
        #expect(endpoint.signingRegion == "us-east-1")
    }
}
