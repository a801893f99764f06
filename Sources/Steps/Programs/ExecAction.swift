import MigrateCore

/// Runs a program that changes something.
struct ExecAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "exec",
        role: .action,
        summary: "Run a program that changes something",
        parameters: ProgramCall.parameters + [
            .required(
                "undo",
                .list(.string),
                "program and arguments that take the change back; `[]` when nothing must be"
            ),
            .optional(
                "reconcile",
                .list(.string),
                "program and arguments that look whether the change is there: exit "
                    + "status 0 says yes, 1 says no; without it an unknown outcome waits for a person"
            ),
            .optional(
                "clean_failure",
                .boolean,
                default: false,
                "whether an exit status other than 0 proves that "
                    + "nothing was changed"
            ),
        ],
        effect: .reconcilable,
        effectRestsOn: ["reconcile"],
        rollback: .captured,
        undo: "the command of `undo`, its texts filled in",
        reconciliation: "by the command of `reconcile`; without one a person says what happened",
        permissionsBeside: ProgramCall.permissionsBeside,
        facts: ProgramCall.facts,
        source: "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html, read 2026-11-21",
        example: """
            - id: freeze
              do: exec
              with: {command: [./freeze.sh, "on"], undo: [./freeze.sh, "off"], reconcile: [./freeze.sh, status]}
            """
    )

    private static let done: Value = ["done": true]

    private static let hintToLook =
        "look, then say so with `migrate resolve`; a `reconcile` command would do it for you"

    private let call: ProgramCall
    private let undo: [String]
    private let look: [String]
    private let failsCleanly: Bool

    init(_ parameters: Parameters) throws {
        call = try ProgramCall(parameters)
        undo = try parameters.strings("undo")
        look = try parameters.strings("reconcile")
        failsCleanly = try parameters.boolean("clean_failure")
    }

    func observe(_ world: World) async throws -> Value { try await seen(world) ?? .null }

    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        try await seen(world) ?? images.first ?? .null
    }

    /// Image as the look says; nil when there is no way to look.
    private func seen(_ world: World) async throws -> Value? {
        guard !look.isEmpty else { return nil }
        let result = try await world.run(call.command(look, in: world))
        switch result.termination {
        case .exited(0): return Self.done
        case .exited(1): return .null
        case .exited, .signaled:
            throw Problem(
                "`\(look.joined(separator: " "))` did not tell whether the change is there: \(result.shortText)",
                hint: "it must end with exit status 0 for yes and 1 for no"
            )
        }
    }

    func wanted(over before: Value) throws -> Value { Self.done }

    func summary(from: Value, to: Value) -> String {
        let words = words(to)
        return words.isEmpty ? "nothing to take back" : "run `\(words.joined(separator: " "))`"
    }

    func startsProgram(from: Value, to: Value) -> Bool { !words(to).isEmpty }

    /// Program and arguments that lead to `to`.
    private func words(_ to: Value) -> [String] { to.isNull ? undo : call.words }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let words = words(to)
        guard !words.isEmpty else { return [:] }
        let result = try await world.runChange(call.command(words, in: world))
        guard result.isSuccess else {
            let hint = look.isEmpty ? Self.hintToLook : nil
            let problem = Problem("`\(words.joined(separator: " "))`: \(result.shortText)", hint: hint)
            // Why only an exit status: a program that a signal ended was stopped wherever it happened to be.
            if failsCleanly, case .exited = result.termination {
                throw KnownOutcome(.notApplied(problem, isTransient: false))
            }
            throw KnownOutcome(.unknown(problem))
        }
        let facts = result.facts.mapValues { $0.cut(to: Redactor.factLimit / 4) }
        return .object(facts)
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        if let found = try await seen(world), found != to {
            return .pending("`\(look.joined(separator: " "))` does not see the change yet")
        }
        return .settled(after: to, facts: receipt.object ?? [:])
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        guard let found = try await seen(world) else {
            return .unclear(
                Problem(
                    "`\(call.words.joined(separator: " "))` was started, and how it ended is not known",
                    hint: Self.hintToLook
                ),
                found: .null
            )
        }
        if found == to { return .applied(receipt: .null) }
        return .notApplied
    }

    func facts(of image: Value) -> [String: Value] { [:] }
}
