import MigrateCore

extension LiveStepExecutor {
    /// Runs one stage with a record of its own; an error becomes what `failed` makes of its problem.
    func finding<Answer: Sendable>(
        in scope: StepScope,
        program: ProgramUse? = nil,
        failed: (Problem) -> Answer,
        _ body: (Stage) async throws -> Answer
    ) async -> Finding<Answer> {
        let stage = Stage(world: world.recordingAnew(for: "\(scope.step) \(scope.token)", program: program))
        let answer: Answer
        do {
            answer = try await body(stage)
        } catch {
            answer = failed(stage.redactor.apply(Problem(of: error)))
        }
        return Finding(answer, evidence: stage.world.recorder.all.map(stage.redactor.apply))
    }

    /// Probe kind `name`.
    ///
    /// Throws: `Problem` when there is none, as in a journal of a newer tool.
    func probeKind(_ name: String) throws -> any ProbeKind.Type {
        guard let probe = catalog(name, .probe) as? any ProbeKind.Type else { throw Self.unknown(name, "probe") }
        return probe
    }

    /// Action kind `name`.
    ///
    /// Throws: `Problem` when there is none, as in a journal of a newer tool.
    func actionKind(_ name: String) throws -> any ActionKind.Type {
        guard let action = catalog(name, .action) as? any ActionKind.Type else { throw Self.unknown(name, "action") }
        return action
    }

    private static func unknown(_ name: String, _ role: String) -> Problem {
        Problem("this version of `migrate` knows no \(role) `\(name)`", hint: "`migrate kinds` lists those it knows")
    }
}

/// One stage of one step at work.
///
/// Why a class: the redactor is known only once the parameters are, and must cover what is thrown after that.
final class Stage {
    let world: World
    private(set) var redactor = Redactor([:])
    private(set) var keptParameters = Value.null

    init(world: World) { self.world = world }

    /// Fills in `template` for a kind.
    ///
    /// Throws: `Problem`, `ParameterError`.
    func parameters(
        _ template: Value,
        of declaration: KindDeclaration,
        in scope: StepScope
    ) async throws -> Parameters {
        let resolver = ScopeResolver(scope: scope, secrets: SecretReader(scope.secrets, world: world))
        let resolved = try await resolver.resolve(template)
        redactor = resolved.redactor
        keptParameters = resolved.kept
        return try Parameters(resolved.full, of: declaration)
    }

    /// The action that makes `change`.
    ///
    /// Throws: `Problem`, `ParameterError`.
    func action(
        of change: Change,
        kind: any ActionKind.Type,
        in scope: StepScope
    ) async throws -> any ActionKind {
        try kind.init(try await parameters(change.parameters, of: kind.declaration, in: scope))
    }

    /// Facts that are handed on: those that the kind declares, and what the step captures.
    ///
    /// Throws: `CaptureFailure`.
    func captures(
        _ facts: [String: Value],
        of declaration: KindDeclaration,
        in scope: StepScope
    ) async throws -> [String: Value] {
        // Why not the large ones: they are journaled with every event, and a fact that was cut would be a lie.
        var kept = facts.filter {
            declaration.facts[$0.key] != nil && $0.value.bytes.count <= Redactor.factLimit
        }.mapValues(redactor.apply)
        for (name, expression) in scope.capture.sorted(by: { $0.key < $1.key }) {
            do {
                guard let value = try await world.expressions.evaluate(expression, over: .object(facts)) else {
                    throw ExpressionFailure.raised("it gave no result")
                }
                guard value.bytes.count <= Redactor.factLimit else {
                    throw ExpressionFailure.tooLarge(limit: Redactor.factLimit)
                }
                kept[name] = redactor.apply(value)
            } catch {
                throw CaptureFailure(problem: Problem("capture `\(name)`: \(Problem(of: error).message)"))
            }
        }
        return kept
    }

    /// Refuses images that hold a secret, since they are journaled.
    ///
    /// Throws: `Refusal` naming the secret.
    func refuseLeaks(in one: Value, _ other: Value, kind: String) throws {
        guard let name = redactor.leak(in: one) ?? redactor.leak(in: other) else { return }
        throw Refusal(
            "secret `\(name)` would stand in the journal, as part of what `\(kind)` compares",
            hint: "keep it in Secrets Manager and give the kind its name"
        )
    }

    /// `outcome` without secrets.
    func redacted(_ outcome: PerformOutcome) -> PerformOutcome {
        switch outcome {
        case .applied(let receipt): .applied(receipt: redactor.apply(receipt))
        case .notApplied(let problem, let isTransient):
            .notApplied(redactor.apply(problem), isTransient: isTransient)
        case .unknown(let problem): .unknown(redactor.apply(problem))
        case .unclear(let problem): .unclear(redactor.apply(problem))
        case .notBegun: .notBegun
        }
    }
}
