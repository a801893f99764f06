import MigrateCore
import Testing

@testable import Steps

@Suite struct SecretRedactionTests {
    private static let secret = "s3cr3t-\"tok en\""
    private let scope = StepScope(
        step: StepID("s"),
        secrets: [SecretDeclaration(name: "token", source: .environment(variable: "TOKEN"))]
    )

    private var executor: LiveStepExecutor {
        LiveStepExecutor(world: .staged(environment: ["TOKEN": Self.secret])) { _, role in
            role == .probe ? TrialProbe.self : TrialAction.self
        }
    }

    /// Secret in every form that may turn up.
    private func shows(_ text: String) -> Bool {
        let forms = [
            Self.secret, PercentCode.text(Self.secret), Base64.text(Array(Self.secret.utf8)),
            String(Value.string(Self.secret).text.dropFirst().dropLast()),
        ]
        return forms.contains { text.contains($0) }
    }

    @Test func aSecretNeverLeavesAProbe() async {
        let call = ProbeCall(
            kind: "trial",
            parameters: ["facts": ["word": "Bearer ${secrets.token}", "size": 1], "verdict": "fail"]
        )
        let finding = await executor.probe(call, in: scope)
        #expect(finding.answer.captures["word"] == "Bearer ‹redacted›")
        #expect(finding.answer.verdict.word == "fail")
        #expect(!shows("\(finding)"))
    }

    @Test func aChangeKeepsTheNameOfASecretAlone() async {
        let call = ActionCall(
            kind: "trial",
            parameters: ["found": 1, "wanted": 2, "note": "${secrets.token} costs $${5}"],
            effect: .convergent
        )
        let finding = await executor.prepare(call, in: scope)
        guard case .change(let change) = finding.answer else {
            Issue.record("no change: \(finding.answer)")
            return
        }
        #expect(change.parameters["note"] == "${secrets.token} costs $${5}")
        #expect(finding.evidence.first?.summary == "‹redacted› costs ${5}")
        #expect(!shows("\(finding)"))
    }

    @Test func anImageWithASecretIsRefused() async {
        let call = ActionCall(
            kind: "trial",
            parameters: ["found": 1, "wanted": ["key": "${secrets.token}"]],
            effect: .convergent
        )
        let finding = await executor.prepare(call, in: scope)
        guard case .refused(let problem) = finding.answer else {
            Issue.record("let through")
            return
        }
        #expect(problem.message.hasPrefix("secret `token` would stand in the journal"))
    }

    @Test func aSecretThatIsNotSetIsSaid() async {
        let executor = LiveStepExecutor(world: .staged()) { _, _ in TrialAction.self }
        let call = ActionCall(kind: "trial", parameters: ["note": "${secrets.token}"], effect: .convergent)
        let finding = await executor.prepare(call, in: scope)
        #expect(
            finding.answer
                == .unknown(
                    Problem(
                        "secret `token`: environment variable `TOKEN` is not set",
                        hint: "export it before starting `migrate`"
                    )
                )
        )
    }

    @Test func evidenceIsCutToItsLimit() {
        let long = Evidence(
            subject: "s",
            summary: "",
            facts: .string(String(repeating: "x", count: 40_000)),
            at: Timestamp(milliseconds: 0)
        )
        #expect(Redactor([:]).apply(long).facts.bytes.count < Redactor.factLimit + 100)
    }
}
