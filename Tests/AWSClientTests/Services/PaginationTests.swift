import Network
import Testing

@testable import AWSClient

/// Lists are followed to their end, and no further.
@Suite struct PaginationTests {
    private func page(_ arns: [String], next: String?) -> Result<HTTPResponse, HTTPFailure> {
        let list = arns.map { "\"\($0)\"" }.joined(separator: ",")
        let token = next.map { ",\"nextToken\":\"\($0)\"" } ?? ""
        return .success(.text(200, "{\"taskArns\":[\(list)]\(token)}"))
    }

    @Test func pagesAreJoinedInOrder() async throws {
        let world = World([page(["a"], next: "t1"), page([], next: "t2"), page(["b", "c"], next: nil)])
        let response = try await world.client().ecs.allTaskArns(.init())
        #expect(response.value == ["a", "b", "c"])
        #expect(response.attempts == 3)
        #expect(
            world.http.requests.map(\.text) == ["{}", #"{"nextToken":"t1"}"#, #"{"nextToken":"t2"}"#]
        )
    }

    @Test func tokenHandedOutTwiceIsAnError() async throws {
        let world = World([page(["a"], next: "t"), page(["b"], next: "u"), page(["c"], next: "t")])
        let error = try await awsError { try await world.client().ecs.allTaskArns(.init()) }
        #expect(error.kind == .endlessPages)
        #expect(error.message == "the page token `t` was handed out twice")
    }

    @Test func emptyTokenIsTheEnd() async throws {
        let world = World([page(["a"], next: "")])
        #expect(try await world.client().ecs.allTaskArns(.init()).value == ["a"])
    }

    private func records(_ sets: [(name: String, id: String)], next: (name: String, id: String)?) -> HTTPResponse {
        let list = sets.map {
            "<ResourceRecordSet><Name>\($0.name)</Name><Type>A</Type><SetIdentifier>\($0.id)</SetIdentifier>"
                + "<Weight>1</Weight><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>10.0.0.1</Value>"
                + "</ResourceRecord></ResourceRecords></ResourceRecordSet>"
        }
        let following = next.map {
            "<IsTruncated>true</IsTruncated><NextRecordName>\($0.name)</NextRecordName><NextRecordType>A</NextRecordType>"
                + "<NextRecordIdentifier>\($0.id)</NextRecordIdentifier>"
        }
        return .text(
            200,
            "<ListResourceRecordSetsResponse><ResourceRecordSets>\(list.joined())</ResourceRecordSets>"
                + (following ?? "<IsTruncated>false</IsTruncated>") + "</ListResourceRecordSetsResponse>"
        )
    }

    @Test func weightedSetsThatSpanPagesAreContinuedByIdentifier() async throws {
        let world = World([
            .success(records([("g.e.", "1"), ("g.e.", "2")], next: ("g.e.", "3"))),
            .success(records([("g.e.", "3"), ("h.e.", "1")], next: ("h.e.", "2"))),
        ])
        let found = try await world.client().route53.resourceRecordSets(named: "G.e", hostedZoneId: "Z1")
        #expect(found.value.map(\.setIdentifier) == ["1", "2", "3"])
        let path = "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset"
        #expect(
            world.http.requests.map(\.url) == [
                "\(path)?name=g.e.", "\(path)?name=g.e.&type=A&identifier=3",
            ]
        )
    }

    @Test func pageThatRepeatsItselfIsAnError() async throws {
        let same = records([("g.e.", "1")], next: ("g.e.", "2"))
        let world = World(Array(repeating: .success(same), count: 5))
        let error = try await awsError {
            try await world.client().route53.allResourceRecordSets(.init(hostedZoneId: "Z1"))
        }
        #expect(error.kind == .endlessPages)
        #expect(world.http.requests.count == 2)
    }

    @Test func recordSetsComeBackAsTheyWereWritten() throws {
        var set = Route53.ResourceRecordSet(name: "g.e.", type: "A")
        set.setIdentifier = "id"
        set.geoLocation = .init(countryCode: "KR")
        set.healthCheckId = "h"
        set.aliasTarget = .init(hostedZoneId: "Z", dnsName: "lb.", evaluateTargetHealth: true)
        var writer = XMLWriter()
        set.write(to: &writer)
        #expect(try Route53.ResourceRecordSet(xml: try XMLParser.parse(writer.bytes)) == set)
    }

    @Test func partsOfARecordSetThatAreNotKnownAreNamed() throws {
        let text = "<ResourceRecordSet><Name>a.</Name><Type>A</Type><CidrRoutingConfig/></ResourceRecordSet>"
        let set = try Route53.ResourceRecordSet(xml: try XMLParser.parse(Array(text.utf8)))
        #expect(set.unknownParts == ["CidrRoutingConfig"])
    }
}
