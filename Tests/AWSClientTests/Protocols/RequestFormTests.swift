import Network
import Testing

@testable import AWSClient

/// Exact bytes of requests, one or more of each protocol.
@Suite struct RequestFormTests {
    /// The only request that `body` sends; the answer is an empty success.
    private func sent(
        endpoints: EndpointSettings = EndpointSettings(),
        answer: String = "{}",
        _ body: (AWSClient) async throws -> Void
    ) async throws -> HTTPRequest {
        let world = World([.success(.text(200, answer))])
        do {
            try await body(world.client(endpoints: endpoints))
        } catch let error as AWSError where error.kind == .unreadable {
            // Only the request is looked at.
        }
        #expect(world.http.requests.count == 1)
        return try #require(world.http.requests.first)
    }

    @Test func json11CarriesTargetAndSortedMembers() async throws {
        let request = try await sent { aws in
            var input = ECS.UpdateServiceInput(service: "mimir")
            input.cluster = "lgtm"
            input.desiredCount = 3
            input.loadBalancers = []
            _ = try await aws.ecs.updateService(input)
        }
        #expect(request.method == "POST")
        #expect(request.url == "https://ecs.ap-northeast-2.amazonaws.com/")
        #expect(request.header("Content-Type") == "application/x-amz-json-1.1")
        #expect(request.header("X-Amz-Target") == "AmazonEC2ContainerServiceV20141113.UpdateService")
        #expect(request.text == #"{"cluster":"lgtm","desiredCount":3,"loadBalancers":[],"service":"mimir"}"#)
    }

    @Test func json10CarriesItsOwnVersionAndMomentsAsNumbers() async throws {
        let request = try await sent { aws in
            _ = try await aws.cloudWatch.getMetricData(
                CloudWatch.GetMetricDataInput(
                    metricDataQueries: [],
                    startTime: AWSTimestamp(seconds: 10),
                    endTime: AWSTimestamp(seconds: 20.5)
                )
            )
        }
        #expect(request.header("Content-Type") == "application/x-amz-json-1.0")
        #expect(request.text == #"{"EndTime":20.5,"MetricDataQueries":[],"StartTime":10}"#)
    }

    @Test func taskDefinitionFilesAreSentByteForByte() async throws {
        let file = "{\n  \"family\" : \"mimir\",\n  \"x\": 1.50, \"한\":\"/\"}\n"
        let request = try await sent { aws in
            _ = try await aws.ecs.registerTaskDefinition(.init(json: Array(file.utf8)))
        }
        #expect(request.text == file)
    }

    @Test func queryListsAreNumberedMembers() async throws {
        let request = try await sent(answer: "<x/>") { aws in
            _ = try await aws.iam.createOpenIDConnectProvider(
                .init(
                    url: "https://token.example/한?a=b c+d",
                    clientIDList: ["a", "b"],
                    thumbprintList: [],
                    tags: [.init(key: "k", value: "")]
                )
            )
        }
        #expect(request.url == "https://iam.amazonaws.com/")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(
            request.text
                == "Action=CreateOpenIDConnectProvider&Version=2010-05-08"
                + "&Url=https%3A%2F%2Ftoken.example%2F%ED%95%9C%3Fa%3Db%20c%2Bd"
                + "&ClientIDList.member.1=a&ClientIDList.member.2=b&Tags.member.1.Key=k&Tags.member.1.Value="
        )
    }

    @Test func queryStructuresNest() async throws {
        let request = try await sent(answer: "<x/>") { aws in
            var action = ElasticLoadBalancing.Action(type: "forward")
            action.forwardConfig = .init(
                targetGroups: [.init(targetGroupArn: "old", weight: 90), .init(targetGroupArn: "new", weight: 10)])
            var input = ElasticLoadBalancing.ModifyListenerInput(listenerArn: "l")
            input.defaultActions = [action]
            _ = try await aws.elasticLoadBalancing.modifyListener(input)
        }
        let config = "DefaultActions.member.1.ForwardConfig.TargetGroups.member"
        #expect(
            request.text
                == "Action=ModifyListener&Version=2015-12-01&ListenerArn=l&DefaultActions.member.1.Type=forward"
                + "&\(config).1.TargetGroupArn=old&\(config).1.Weight=90"
                + "&\(config).2.TargetGroupArn=new&\(config).2.Weight=10"
        )
    }

    @Test func ec2ListsAreFlatAndSingular() async throws {
        let request = try await sent(answer: "<x/>") { aws in
            _ = try await aws.ec2.describeVpcs(
                .init(vpcIds: ["vpc-1", "vpc-2"], filters: [.init(name: "tag:Name", values: ["a*", "b"])])
            )
        }
        #expect(
            request.text
                == "Action=DescribeVpcs&Version=2016-11-15&VpcId.1=vpc-1&VpcId.2=vpc-2"
                + "&Filter.1.Name=tag%3AName&Filter.1.Value.1=a%2A&Filter.1.Value.2=b"
        )
    }

    @Test func imagesOfRunningInstancesSayNoReboot() async throws {
        let request = try await sent(answer: "<x/>") { aws in
            _ = try await aws.ec2.createImage(.init(instanceId: "i-1", name: "backup", noReboot: true))
        }
        #expect(
            request.text
                == "Action=CreateImage&Version=2016-11-15&InstanceId=i-1&Name=backup&NoReboot=true"
        )
    }

    @Test func route53BatchIsOneDocumentInTheSchemasOrder() async throws {
        var weighted = Route53.ResourceRecordSet(name: "g.example.com.", type: "A")
        weighted.setIdentifier = "new <1>"
        weighted.weight = 0
        weighted.aliasTarget = .init(hostedZoneId: "Z2", dnsName: "lb.example.", evaluateTargetHealth: false)
        let old = Route53.ResourceRecordSet(
            name: "g.example.com.",
            type: "TXT",
            ttl: 60,
            resourceRecords: [#""a" "b""#]
        )
        let request = try await sent(answer: "<x/>") { aws in
            _ = try await aws.route53.changeResourceRecordSets(
                .init(hostedZoneId: "/hostedzone/Z1", changes: [.init(.delete, old), .init(.create, weighted)])
            )
        }
        #expect(request.url == "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset/")
        #expect(request.usesFreshConnection)
        #expect(
            request.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch>\
                <Changes><Change><Action>DELETE</Action><ResourceRecordSet><Name>g.example.com.</Name>\
                <Type>TXT</Type><TTL>60</TTL><ResourceRecords><ResourceRecord>\
                <Value>&quot;a&quot; &quot;b&quot;</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>\
                </Change><Change><Action>CREATE</Action><ResourceRecordSet><Name>g.example.com.</Name>\
                <Type>A</Type><SetIdentifier>new &lt;1&gt;</SetIdentifier><Weight>0</Weight><AliasTarget>\
                <HostedZoneId>Z2</HostedZoneId><DNSName>lb.example.</DNSName>\
                <EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change>\
                </Changes></ChangeBatch></ChangeResourceRecordSetsRequest>
                """
        )
    }

    @Test(arguments: [
        (
            "logs-bucket", "a b/한+é.txt",
            "https://logs-bucket.s3.ap-northeast-2.amazonaws.com/a%20b/%ED%95%9C%2B%C3%A9.txt"
        ),
        ("logs.example.com", "k", "https://s3.ap-northeast-2.amazonaws.com/logs.example.com/k"),
        ("bucket", "/../x//y", "https://bucket.s3.ap-northeast-2.amazonaws.com//../x//y"),
    ])
    func s3KeysBecomePathsAsTheyAre(bucket: String, key: String, url: String) async throws {
        let request = try await sent { aws in _ = try await aws.s3.getObject(.init(bucket: bucket, key: key)) }
        #expect(request.url == url)
    }

    @Test func customEndpointsPutTheBucketIntoThePath() async throws {
        let request = try await sent(endpoints: EndpointSettings(url: "https://127.0.0.1:5000/")) { aws in
            _ = try await aws.s3.headBucket(.init(bucket: "bucket"))
        }
        #expect(request.url == "https://127.0.0.1:5000/bucket")
    }

    @Test func hostPrefixIsForAWSsOwnHostsAlone() async throws {
        let input = ServiceDiscovery.DiscoverInstancesInput(namespaceName: "lgtm.local", serviceName: "mimir")
        let own = try await sent { aws in _ = try await aws.serviceDiscovery.discoverInstances(input) }
        #expect(own.url == "https://data-servicediscovery.ap-northeast-2.amazonaws.com/")
        let custom = try await sent(endpoints: EndpointSettings(url: "https://127.0.0.1:5000")) { aws in
            _ = try await aws.serviceDiscovery.discoverInstances(input)
        }
        #expect(custom.url == "https://127.0.0.1:5000/")
    }

    @Test func anyOperationTakesFlatParameters() async throws {
        let request = try await sent(answer: "<x/>") { aws in
            _ = try await aws.call(
                service: "ec2",
                operation: "DescribeTags",
                parameters: ["Filter.1.Name": "key", "MaxResults": 5, "DryRun": false],
                idempotency: .readOnly
            )
        }
        #expect(
            request.text == "Action=DescribeTags&Version=2016-11-15&DryRun=false&Filter.1.Name=key&MaxResults=5"
        )
    }

    static let unformable: [(String, String, JSONDocument)] = [
        ("s3", "PutObject", [:]), ("ecs", "Del/../ete", [:]), ("ec2", "DescribeTags", ["Filters": ["a"]]),
        ("iam", "GetRole", "text"),
    ]

    @Test(arguments: unformable)
    func callsThatCannotBeFormedAreNotSent(service: String, operation: String, parameters: JSONDocument) async throws {
        let world = World()
        let error = try await awsError {
            try await world.client().call(
                service: service,
                operation: operation,
                parameters: parameters,
                idempotency: .readOnly
            )
        }
        #expect(error.kind == .configuration)
        #expect(world.http.requests.isEmpty)
    }
}
