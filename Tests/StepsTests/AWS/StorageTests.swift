import MigrateCore
import Testing

@testable import Steps

@Suite struct StorageTests {
    @Test func aDatabaseIsJudgedByWhatIsAskedFor() async throws {
        let members =
            "<DBInstances><DBInstance><DBInstanceIdentifier>g</DBInstanceIdentifier>"
            + "<DBInstanceStatus>available</DBInstanceStatus><Engine>postgres</Engine>"
            + "<EngineVersion>16.4</EngineVersion><Endpoint><Address>g.rds</Address><Port>5432</Port></Endpoint>"
            + "<MultiAZ>false</MultiAZ><StorageEncrypted>true</StorageEncrypted>"
            + "<BackupRetentionPeriod>7</BackupRetentionPeriod></DBInstance></DBInstances>"
        let call = ScriptedAWS.Call.query("DescribeDBInstances", ["DBInstanceIdentifier": "g"], returns: members)
        let good = try await asking(RDSInstanceProbe.self, ["name": "g", "engine_version": "16"], [call])
        #expect(good.verdict.isPass)
        #expect(good.facts["port"] == 5432)
        let given: Value = ["name": "g", "engine_version": "1", "multi_az": true, "backup_days": 14]
        let bad = try await asking(RDSInstanceProbe.self, given, [call])
        #expect(
            bad.verdict
                == .fail("`g`: its version is 16.4, not 1, it has no standby, backups are kept for 7 days, wanted 14")
        )
        let gone = ScriptedAWS.Call.query("DescribeDBInstances", fails: "DBInstanceNotFound")
        #expect(try await asking(RDSInstanceProbe.self, ["name": "g"], [gone]).verdict == .fail("no instance `g`"))
    }

    @Test func aFileSystemNeedsAMountTargetInEachSubnet() async throws {
        let system = #"{"FileSystems":[{"FileSystemId":"fs-1","LifeCycleState":"available","Encrypted":true}]}"#
        let targets =
            #"{"MountTargets":[{"MountTargetId":"m","SubnetId":"subnet-1","LifeCycleState":"available"}]}"#
        let script: [ScriptedAWS.Call] = [
            .rest("GET /2015-02-01/file-systems?FileSystemId=fs-1", returns: system),
            .rest("GET /2015-02-01/mount-targets?FileSystemId=fs-1", returns: targets),
        ]
        let good = try await asking(EFSFileSystemProbe.self, ["file_system": "fs-1", "subnets": ["subnet-1"]], script)
        #expect(good.verdict.isPass)
        let bad = try await asking(EFSFileSystemProbe.self, ["file_system": "fs-1", "subnets": ["subnet-2"]], script)
        #expect(bad.verdict == .fail("`fs-1`: no available mount target in subnet-2"))
    }

    @Test(arguments: [("1h", "pass"), ("30m", "fail")]) func aBackupMustBeFresh(allowed: String, word: String)
        async throws
    {
        let points: Value = [
            "RecoveryPoints": [
                ["RecoveryPointArn": "arn:new", "Status": "PARTIAL", "CreationDate": 1_768_262_399],
                ["RecoveryPointArn": "arn:old", "Status": "COMPLETED", "CreationDate": 1_768_259_800],
            ]
        ]
        let call = ScriptedAWS.Call.rest("GET /resources/arn%3Afs/recovery-points/", returns: points.text)
        let found = try await asking(
            RecoveryPointProbe.self,
            ["resource": "arn:fs", "max_age": .string(allowed)],
            [call]
        )
        #expect(found.verdict.word == word)
        #expect(found.facts["recovery_point"] == "arn:old")
    }
}
