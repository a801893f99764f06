import MigrateCore

/// Runs a program that changes nothing and judges what it says.
struct ExecProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "exec",
        role: .probe,
        summary: "Run a program that changes nothing and judge what it says",
        parameters: ProgramCall.parameters + [
            .optional(
                "expect",
                .expression,
                example: ".status == 0",
                "condition over `{exit_status, output, error_output, json}`; exit status 0 "
                    + "when it is left out"
            )
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissionsBeside: ProgramCall.permissionsBeside,
        facts: ProgramCall.facts,
        source: "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html, read 2026-11-21",
        example: """
            - id: config-valid
              probe: exec
              with: {command: [promtool, check, config, prometheus.yml]}
            """
    )

    private let call: ProgramCall
    private let expectation: String?

    init(_ parameters: Parameters) throws {
        call = try ProgramCall(parameters)
        expectation = try parameters.stringIfGiven("expect")
    }

    func ask(_ world: World) async throws -> Observation {
        let result = try await world.run(call.command(in: world))
        let facts = result.facts
        guard let expectation else {
            let verdict = result.isSuccess ? Verdict.pass(result.shortText) : .fail(result.shortText)
            return Observation(verdict, facts: facts)
        }
        return Observation(
            await world.expressions.judge(expectation, over: .object(facts), seen: result.termination.text),
            facts: facts
        )
    }
}
