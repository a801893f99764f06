import AWSClient
import Network

extension FuzzTarget {
    /// Answers of services that speak JSON; the first byte chooses the operation, the second the status.
    static let json = answers("json") { client in
        [
            { _ = try await client.ecs.describeServices(.init(cluster: "c", services: ["s"])) },
            { _ = try await client.ecr.describeImages(.init(repositoryName: "r")) },
            { _ = try await client.ssm.listCommands(.init(maxResults: 50)) },
            { _ = try await client.codePipeline.getPipelineState(.init(name: "p")) },
            { _ = try await client.secretsManager.describeSecret(.init(secretId: "s")) },
        ]
    }

    /// Answers of services that speak the query protocol.
    static let query = answers("query") { client in
        [
            { _ = try await client.iam.getRole(.init(roleName: "r")) },
            { _ = try await client.cloudWatch.describeAlarms(.init()) },
            { _ = try await client.elasticLoadBalancing.describeLoadBalancers(.init()) },
            { _ = try await client.sts.getCallerIdentity(.init()) },
        ]
    }

    /// Answers of EC2.
    static let ec2 = answers("ec2") { client in
        [
            { _ = try await client.ec2.describeInstances(.init()) },
            { _ = try await client.ec2.describeSecurityGroups(.init()) },
            { _ = try await client.ec2.describeImages(.init()) },
            { _ = try await client.ec2.describeAddresses(.init()) },
        ]
    }

    /// Answers of services that speak XML by paths.
    static let restXML = answers("rest-xml") { client in
        [
            { _ = try await client.route53.listResourceRecordSets(.init(hostedZoneId: "Z1")) },
            { _ = try await client.route53.getChange(.init(id: "C1")) },
            { _ = try await client.s3.listObjectsV2(.init(bucket: "b")) },
            { _ = try await client.s3.getObject(.init(bucket: "b", key: "k")) },
        ]
    }

    /// Answers of services that speak JSON by paths.
    static let restJSON = answers("rest-json") { client in
        [
            { _ = try await client.efs.describeFileSystems(.init()) },
            { _ = try await client.backup.describeBackupJob(.init(backupJobId: "j")) },
            { _ = try await client.backup.listRecoveryPointsByResource(.init(resourceArn: "r")) },
        ]
    }

    /// The shared files, and what is in them asked for: profiles, roles, sessions.
    static let configuration = FuzzTarget(name: "configuration") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
        let files = ["/.aws/config": parts[0], "/.aws/credentials": parts.count > 1 ? parts[1] : []]
        let surroundings = FuzzSurroundings.make(status: 200, body: [], files: files)
        guard let client = try? AWSClient.connect(profile: "a", surroundings: surroundings) else { return }
        _ = try? await client.sts.getCallerIdentity(.init())
    }

    private static func answers(
        _ name: String,
        _ calls: @escaping @Sendable (AWSClient) -> [@Sendable () async throws -> Void]
    ) -> FuzzTarget {
        FuzzTarget(name: name) { bytes in
            guard bytes.count >= 2 else { return }
            let statuses = [200, 200, 400, 500]
            let surroundings = FuzzSurroundings.make(
                status: statuses[Int(bytes[1]) % statuses.count],
                body: Array(bytes.dropFirst(2)),
                files: [:]
            )
            let client = AWSClient(
                configuration: AWSConfiguration(region: "eu-west-1"),
                credentials: StaticCredentials(FuzzSurroundings.credentials),
                surroundings: surroundings
            )
            let all = calls(client)
            try? await all[Int(bytes[0]) % all.count]()
        }
    }
}
