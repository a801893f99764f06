import AWSClient
import MigrateCore
import Network
import Testing

@testable import Steps

/// What evidence tells of an exchange, and what it must never tell.
@Suite struct EvidenceTests {
    private func evidence(_ kind: String, _ parameters: Value, _ call: ScriptedAWS.Call) async -> [Evidence] {
        await LiveStepExecutor(world: .scripted(ScriptedAWS([call]))).probe(
            ProbeCall(kind: kind, parameters: parameters),
            in: StepScope(step: StepID("s"))
        ).evidence
    }

    @Test func aCallTellsWhatWasSentAndReceivedAndHowLongItTook() async throws {
        let seen = await evidence("ecr.repository", ["name": "lgtm/mimir"], ECRTests.present)
        let facts = try #require(seen.first).facts
        #expect(facts["address"] == "POST http://127.0.0.1:1/")
        #expect(facts["sent"] == ["repositoryNames": ["lgtm/mimir"]])
        #expect(facts["received"]["repositories"].array?.count == 1)
        #expect(facts["attempts"] == 1)
        #expect(facts["timings"]["total_ms"].integer != nil)
        #expect(seen.first?.requestIDs == ["request-1"])
    }

    @Test func aRefusalTellsItsCodeAndItsWords() async throws {
        let denied = ScriptedAWS.Call.json("DescribeRepositories", fails: "AccessDeniedException", "not you")
        let facts = try #require(await evidence("ecr.repository", ["name": "a"], denied).first).facts
        #expect(facts["code"] == "AccessDeniedException")
        #expect(facts["received"]["message"] == "not you")
        #expect(facts["may_have_applied"] == false)
    }

    @Test func aFormIsToldByItsNames() async throws {
        let call = ScriptedAWS.Call.query("GetRole", fails: "NoSuchEntity")
        let facts = try #require(await evidence("iam.role", ["name": "a"], call).first).facts
        #expect(facts["sent"]["Action"] == "GetRole")
        #expect(facts["sent"]["RoleName"] == "a")
    }

    @Test func secretsOfInputsAreHiddenByTheirType() async throws {
        let aws = ScriptedAWS([.json("CreateSecret", returns: ["ARN": "arn:s", "Name": "n"])])
        let world = World.scripted(aws).recordingAnew(for: "")
        var input = SecretsManager.CreateSecretInput(
            name: "n",
            clientRequestToken: "0123456789abcdef0123456789abcdef"
        )
        input.secretString = Secret("hunter2-hunter2")
        let request = input
        _ = try await world.call("create") { try await world.aws.secretsManager.createSecret(request) }
        let facts = try #require(world.recorder.all.first).facts
        #expect(facts["sent"]["SecretString"] == .string(Redactor.mark))
        #expect(!facts.text.contains("hunter2"))
        #expect(facts["received"].string?.hasSuffix("bytes, not kept") == true)
    }

    @Test func keysInHeaderFieldsAreHidden() async throws {
        let http = ScriptedHTTP([.ok("GET http://g/api/health", headers: [HTTPField("set-cookie", "session=1")], "{}")])
        let world = World.staged(http: http).recordingAnew(for: "")
        var request = HTTPRequest(url: "http://g/api/health")
        request.headers = [HTTPField("Authorization", "Bearer abc"), HTTPField("X-Scope-OrgID", "one")]
        _ = try await world.send(request)
        let facts = try #require(world.recorder.all.first).facts
        #expect(facts["sent"]["headers"] == ["authorization": .string(Redactor.mark), "x-scope-orgid": "one"])
        #expect(facts["received"]["headers"] == ["set-cookie": .string(Redactor.mark)])
    }

    @Test func longAnswersAreCut() async throws {
        let body = String(repeating: "x", count: 100_000)
        let world = World.staged(http: ScriptedHTTP([.ok("GET http://a/", body)])).recordingAnew(for: "")
        _ = try await world.send(HTTPRequest(url: "http://a/"))
        let facts = try #require(world.recorder.all.first).facts
        #expect(facts.bytes.count < 5000)
        #expect(facts["received"]["body"].string?.hasSuffix("bytes in all)") == true)
    }
}
