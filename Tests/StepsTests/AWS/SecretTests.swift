import MigrateCore
import Testing

@testable import Steps

@Suite struct SecretTests {
    static let absent = ScriptedAWS.Call.json("DescribeSecret", ["SecretId": "g"], fails: "ResourceNotFoundException")

    static func found(deleted: Bool = false) -> ScriptedAWS.Call {
        var members: [String: Value] = ["ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:g-abcdef", "Name": "g"]
        if deleted { members["DeletedDate"] = 1_768_000_000 }
        return .json("DescribeSecret", ["SecretId": "g"], returns: .object(members))
    }

    static let delete = ScriptedAWS.Call.json("DeleteSecret", ["SecretId": "g", "RecoveryWindowInDays": 30])
    static let parameters: Value = ["name": "g", "value": ["password": "hunter2"]]

    @Test func aSecretIsMadeAndItsTextIsInNoImage() async throws {
        let aws = ScriptedAWS([
            Self.absent,
            .json(
                "CreateSecret",
                [
                    "Name": "g", "ClientRequestToken": "0123456789abcdef0123456789abcdef",
                    "SecretString": #"{"password":"hunter2"}"#,
                ],
                returns: ["ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:g-abcdef", "Name": "g"]
            ),
            Self.found(), Self.found(), Self.delete, Self.found(deleted: true),
        ])
        let trial = Trial<SecretAction>(Self.parameters, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(!"\(images)\(after)".contains("hunter2"))
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aSecretThatIsBeingDeletedIsRestored() async throws {
        let aws = ScriptedAWS([
            Self.found(deleted: true), .json("RestoreSecret", ["SecretId": "g"]), Self.found(), Self.found(),
            Self.delete, Self.found(deleted: true),
        ])
        let trial = Trial<SecretAction>(Self.parameters, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aSecretThatExistsIsNeverWritten() async throws {
        #expect(try await Trial<SecretAction>(Self.parameters, ScriptedAWS([Self.found()])).prepare() == nil)
        await #expect(throws: Refusal.self) {
            try await Trial<SecretAction>(["name": "g"], ScriptedAWS([Self.absent])).prepare()
        }
    }

    @Test func theProbeNamesMissingKeysAndShowsNoText() async throws {
        let script = [
            Self.found(),
            ScriptedAWS.Call.json(
                "GetSecretValue",
                ["SecretId": "g"],
                returns: ["ARN": "a", "Name": "g", "SecretString": #"{"password":"hunter2"}"#]
            ),
        ]
        let found = try await asking(SecretProbe.self, ["name": "g", "keys": ["password", "secret_key"]], script)
        #expect(found.verdict == .fail("secret `g` lacks `secret_key`"))
        #expect(!"\(found)".contains("hunter2"))
        let deleted = try await asking(SecretProbe.self, ["name": "g"], [Self.found(deleted: true)])
        #expect(deleted.verdict == .fail("secret `g` is being deleted"))
    }

    @Test func aSecureParameterIsNeverShown() async throws {
        func parameter(_ type: String) -> ScriptedAWS.Call {
            .json(
                "GetParameter",
                ["Name": "/v", "WithDecryption": false],
                returns: ["Parameter": ["Name": "/v", "Type": .string(type), "Value": "1.0", "Version": 3]]
            )
        }
        let parameters: Value = ["name": "/v", "value": "1.0"]
        let open = try await asking(SSMParameterProbe.self, parameters, [parameter("String")])
        #expect(open.verdict.isPass && open.facts["value"] == "1.0")
        let secure = try await asking(SSMParameterProbe.self, parameters, [parameter("SecureString")])
        #expect(secure.verdict.word == "inconclusive" && secure.facts["value"] == .null)
    }
}
