import MigrateCore
import Network
import Synchronization
import Testing

@testable import Steps

/// What every kind of the catalog keeps to, whatever it is for.
///
/// Rows that need a world which answers are in
/// `Tests/sandbox/test_catalogue.py`; `docs/coverage.md` shows both.
@Suite struct ContractTests {
    /// What came of one stage of one step.
    private struct Outcome {
        var words: String
        var isGood: Bool
        /// Whether a change may have been made.
        var isDoubtful = false
        var evidence: [Evidence]
    }

    @Test func whatMovesTrafficIsAPartOfACompositeThatCanBringItHome() throws {
        let movers = StepCatalog.all.filter { $0 is any TrafficKind.Type }
        #expect(!movers.isEmpty)
        for mover in movers {
            let whole = try #require(mover.declaration.partOf, "\(mover.declaration.name)")
            #expect(StepCatalog.kind(whole, as: .action)?.declaration.expand != nil, "\(whole)")
        }
    }

    /// Asks, prepares and performs every step of `example` in `world`.
    private func outcomes(of example: ContractCase, _ world: World) async throws -> [Outcome] {
        let executor = LiveStepExecutor(world: world)
        var all: [Outcome] = []
        for step in example.steps {
            let scope = example.scope(step)
            switch step.work {
            case .probe(let call):
                let finding = await executor.probe(call, in: scope)
                all.append(
                    Outcome(
                        words: "\(finding.answer.verdict)",
                        isGood: finding.answer.verdict.isPass,
                        evidence: finding.evidence
                    )
                )
            case .action(let call):
                let looked = await executor.prepare(call, in: scope)
                let isSatisfied = if case .alreadySatisfied = looked.answer { true } else { false }
                all.append(Outcome(words: "\(looked.answer)", isGood: isSatisfied, evidence: looked.evidence))
                guard let change = Self.change(looked.answer, call, scope) else { continue }
                let made = await executor.perform(change, in: scope)
                let isMade = if case .applied = made.answer { true } else { false }
                let isDoubtful = if case .unknown = made.answer { true } else { false }
                all.append(
                    Outcome(
                        words: "\(made.answer)",
                        isGood: isMade,
                        isDoubtful: isDoubtful,
                        evidence: made.evidence
                    )
                )
            case .confirm, .manual, .soak: break
            }
        }
        return all
    }

    /// Change that was prepared, or the one that would be made if nothing were there.
    private static func change(_ prepared: Preparation, _ call: ActionCall, _ scope: StepScope) -> Change? {
        if case .change(let change) = prepared { return change }
        guard let kind = StepCatalog.kind(call.kind, as: .action) as? any ActionKind.Type else { return nil }
        do {
            let action = try kind.init(Parameters(call.parameters, of: kind.declaration))
            return Change(
                kind: call.kind,
                parameters: call.parameters,
                from: .null,
                to: try action.wanted(over: .null),
                token: scope.token,
                effect: call.effect,
                summary: ""
            )
        } catch { return nil }
    }

    private static let denial = "User: arn:u is not authorized to perform: some:Action on resource: arn:r"

    @Test(arguments: ContractCase.labels) func whoeverIsRefusedLearnsWhyAndNothingPasses(label: String) async throws {
        let example = try ContractCase(label)
        let http = AnsweringHTTP { ContractWorld.refusal("AccessDeniedException", Self.denial, status: 403, to: $0) }
        let world = ContractWorld.world(example.environment, http: http, other: NothingThere())
        for outcome in try await outcomes(of: example, world) {
            #expect(!outcome.isGood, "\(label): \(outcome.words)")
            // A service of AWS that refuses: the words name what must be allowed.
            if outcome.evidence.contains(where: { $0.facts["code"] == "AccessDeniedException" }) {
                #expect(outcome.words.contains("some:Action"), "\(label): \(outcome.words)")
            }
        }
    }

    @Test(arguments: ContractCase.labels) func throttlingIsGivenUpAfterAFewTriesAndChangesNothing(label: String)
        async throws
    {
        let example = try ContractCase(label)
        let count = Mutex(0)
        let http = AnsweringHTTP { request in
            count.withLock { $0 += 1 }
            return ContractWorld.refusal("ThrottlingException", "Rate exceeded", status: 400, to: request)
        }
        let world = ContractWorld.world(example.environment, http: http, other: NothingThere())
        let found = try await outcomes(of: example, world)
        for outcome in found { #expect(!outcome.isGood, "\(label): \(outcome.words)") }
        #expect(found.filter(\.isDoubtful).isEmpty, "\(label)")
        #expect(count.withLock { $0 } <= 12 * max(1, example.steps.count), "\(label)")
    }

    @Test(arguments: ContractCase.labels) func aLostAnswerIsNeverTakenForAnOutcome(label: String) async throws {
        let example = try ContractCase(label)
        let lost = HTTPFailure(reason: .connectionLost, message: "Empty reply from server", mayHaveSent: true)
        let world = ContractWorld.world(
            example.environment,
            http: AnsweringHTTP { _ in throw lost },
            other: NothingThere()
        )
        for outcome in try await outcomes(of: example, world) {
            #expect(!outcome.isGood, "\(label): \(outcome.words)")
        }
    }

    @Test(arguments: ContractCase.labels) func noSecretIsInEvidenceOrWords(label: String) async throws {
        let example = try ContractCase(label)
        let http = AnsweringHTTP { request in
            // Servers repeat what they were sent.
            let said =
                request.url + String(decoding: request.body ?? [], as: UTF8.self)
                + request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            return HTTPResponse(status: 500, body: Array(said.utf8))
        }
        let world = ContractWorld.world(example.environment, http: http, other: NothingThere())
        for outcome in try await outcomes(of: example, world) {
            let kept = outcome.evidence.map { "\($0.subject) \($0.summary) \($0.facts.text)" } + [outcome.words]
            #expect(!kept.contains { $0.contains("s3cr3t-0123456789") }, "\(label)")
        }
    }

    @Test(arguments: ContractCase.labels) func whatHangsIsCancelledPromptly(label: String) async throws {
        let example = try ContractCase(label)
        let (stream, asked) = AsyncStream.makeStream(of: Void.self)
        let hanging = Hanging(asked: asked)
        let world = ContractWorld.world(example.environment, http: hanging, other: hanging)
        let work = Task {
            defer { asked.finish() }
            return try await outcomes(of: example, world)
        }
        for await _ in stream { break }
        work.cancel()
        // Returns at all: nothing in it waits for an answer that does not come.
        _ = try await work.value
    }

    @Test(arguments: ContractCase.labels) func whatIsGoneWhileItRunsIsNeverTakenForDone(label: String) async throws {
        let example = try ContractCase(label)
        let count = Mutex(0)
        let http = AnsweringHTTP { request in
            count.withLock { $0 += 1 }
            return ContractWorld.absence(to: request)
        }
        let world = ContractWorld.world(example.environment, http: http, other: NothingThere())
        let executor = LiveStepExecutor(world: world)
        for step in example.steps {
            let scope = example.scope(step)
            switch step.work {
            case .probe(let call):
                let finding = await executor.probe(call, in: scope)
                #expect(!finding.answer.verdict.isPass, "\(label)")
            case .action(let call):
                guard let change = Self.change(.unknown(Problem("gone")), call, scope) else { continue }
                count.withLock { $0 = 0 }
                let settled = await executor.settle(change, receipt: Self.receipt, in: scope)
                // A notice that was sent is sent: what looks at nothing has nothing that could go.
                let looked = count.withLock { $0 } > 0
                if case .settled = settled.answer { #expect(!looked, "\(label)") }
            case .confirm, .manual, .soak: break
            }
        }
    }

    /// What a kind may have kept of its call: ids of all sorts.
    private static let receipt: Value = [
        "command": "c-1", "task": "arn:t", "deployment": "d-1", "execution": "e-1", "job": "j-1", "change": "C1",
        "image": "ami-1", "operation": "o-1", "id": "1", "arn": "arn:x",
    ]

    @Test(arguments: ContractCase.labels) func anUnknownParameterIsRefused(label: String) throws {
        let example = try ContractCase(label)
        #expect(throws: ParameterError.self) { try Parameters(["no_such_parameter": 1], of: example.kind) }
    }
}
