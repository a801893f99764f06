import MigrateCore
import Testing

@testable import Steps

@Suite struct WatchingTests {
    static func alarms(_ states: [String: String]) -> ScriptedAWS.Call {
        let found = states.sorted { $0.key < $1.key }.map { name, state in
            Value.object(["AlarmName": .string(name), "StateValue": .string(state), "StateReason": "12 > 5"])
        }
        return .json(
            "DescribeAlarms",
            ["AlarmNames": ["a", "b"], "AlarmTypes": ["MetricAlarm", "CompositeAlarm"]],
            returns: ["MetricAlarms": .array(found), "CompositeAlarms": []]
        )
    }

    @Test(arguments: [
        (["a": "OK", "b": "OK"], "pass"), (["a": "OK", "b": "ALARM"], "fail"), (["a": "OK"], "fail"),
        (["a": "OK", "b": "INSUFFICIENT_DATA"], "inconclusive"),
        (["a": "ALARM", "b": "INSUFFICIENT_DATA"], "fail"),
    ])
    func alarmsAreOKOnlyWhenAllAreThereAndHaveData(_ states: [String: String], _ word: String) async throws {
        let found = try await asking(AlarmsProbe.self, ["names": ["a", "b"]], [Self.alarms(states)])
        #expect(found.verdict.word == word)
    }

    @Test func missingDataMayBeAllowed() async throws {
        let parameters: Value = ["names": ["a", "b"], "allow_insufficient_data": true]
        let found = try await asking(
            AlarmsProbe.self,
            parameters,
            [Self.alarms(["a": "OK", "b": "INSUFFICIENT_DATA"])]
        )
        #expect(found.verdict.isPass)
    }

    static func metric(_ values: [Value]) -> ScriptedAWS.Call {
        .json("GetMetricData", returns: ["MetricDataResults": [["Id": "m1", "Values": .array(values)]]])
    }

    @Test func aMetricWithoutDataIsInconclusive() async throws {
        let parameters: Value = ["namespace": "AWS/ECS", "metric": "CPU", "expect": ".maximum < 5"]
        #expect(try await asking(MetricProbe.self, parameters, [Self.metric([])]).verdict.word == "inconclusive")
        #expect(try await asking(MetricProbe.self, parameters, [Self.metric([1, 4])]).verdict.isPass)
        #expect(try await asking(MetricProbe.self, parameters, [Self.metric([1, 6])]).verdict.word == "fail")
    }

    static func certificate(_ status: String, days: Int) -> ScriptedAWS.Call {
        .json(
            "DescribeCertificate",
            ["CertificateArn": "arn:c"],
            returns: [
                "Certificate": [
                    "CertificateArn": "arn:c", "DomainName": "example.com",
                    "SubjectAlternativeNames": ["example.com", "*.example.com"], "Status": .string(status),
                    "NotAfter": .integer(1_768_262_400 + Int64(days) * 86_400),
                ]
            ]
        )
    }

    @Test func aCertificateMustBeIssuedCoverAndLast() async throws {
        func word(_ status: String, _ days: Int, _ names: [Value]) async throws -> String {
            let parameters: Value = ["arn": "arn:c", "names": .array(names)]
            return try await asking(ACMCertificateProbe.self, parameters, [Self.certificate(status, days: days)])
                .verdict.word
        }
        #expect(try await word("ISSUED", 20, ["grafana.example.com"]) == "pass")
        #expect(try await word("ISSUED", 13, ["grafana.example.com"]) == "fail")
        #expect(try await word("PENDING_VALIDATION", 20, []) == "fail")
        #expect(try await word("ISSUED", 20, ["a.b.example.com"]) == "fail")
    }
}
