import MigrateCore

/// A kind that changes the world: one observation, one mutating call, one settlement, in either direction.
///
/// Images hold only attributes that the kind owns: no timestamps, no ids that only the service knows in advance of the
/// call, never a secret; `null` means that the thing does not exist. Going back is `move` with the images exchanged.
protocol ActionKind: StepKind {
    /// Reads its parameters, all values filled in.
    ///
    /// Throws: `ParameterError` naming the parameter that does not fit.
    init(_ parameters: Parameters) throws

    /// The same action with what its parameters name looked up: a file, a load balancer's address.
    ///
    /// Only before a step's own change: from then on the images hold all that is needed, and the file may be gone.
    /// Throws: `Refusal` when it is not there or does not fit; whatever the tools throw otherwise.
    func prepared(_ world: World) async throws -> Self

    /// Image of the thing as it is; `null` when it does not exist.
    ///
    /// Throws: `Refusal` when what is there forbids the step; whatever the tools throw otherwise.
    func observe(_ world: World) async throws -> Value

    /// Image that must be found afterwards, when `before` is what is there.
    ///
    /// Throws: `Refusal` when the step cannot be done from there.
    func wanted(over before: Value) throws -> Value

    /// Refuses a change that could not be undone from its record, since `before` is nothing to go back to.
    ///
    /// Asked before the change, and only of steps whose way back is their record. Throws: `Refusal`.
    func checkWayBack(to before: Value) throws

    /// Whether nothing is to be done.
    ///
    /// Throws: as `wanted(over:)`.
    func isSatisfied(by image: Value) throws -> Bool

    /// The change in one line: `create repository lgtm/mimir`.
    func summary(from: Value, to: Value) -> String

    /// The call that leads from one image to the other, spelled out for people; nil where the images say it all.
    ///
    /// Throws: `Problem` when the images are none of this kind's.
    func call(from: Value, to: Value) throws -> CallForecast?

    /// Makes the one mutating call that leads from one image to the other and returns its receipt.
    ///
    /// Rule: exactly one mutating call. Why: an intent in the journal covers one call; a crash between two would leave
    /// a state that no image describes. Reads before it are fine.
    /// Throws: what the tools throw. `CallOutcome` decides from the error whether anything was applied.
    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value

    /// Whether the one mutating call from `from` to `to` is a program, run by `World.runChange`.
    func startsProgram(from: Value, to: Value) -> Bool

    /// Whether the outside world has caught up with the change to `to`; asked again and again until it has.
    ///
    /// Changes nothing, and may be asked while the outcome of the call is being written.
    /// `receipt` is `null` when the outcome was unknown and was found out by looking.
    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement

    /// Whether what was observed is what was expected; for images that hold what only the service can fill in.
    func matches(_ observed: Value, _ expected: Value) -> Bool

    /// Facts for `capture` and later steps, from an image that was found.
    func facts(of image: Value) -> [String: Value]

    /// Facts that the change from one image to the other would make known; for forecasts.
    func factsAhead(from: Value, to: Value) -> [String: Value]

    /// Image of the thing, given what the journal believes it to be.
    ///
    /// Only for kinds whose effect cannot be seen from outside: those answer with the belief.
    func observe(_ world: World, believing images: [Value]) async throws -> Value

    /// Where a change of unknown outcome got to.
    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation
}

/// Whether the outside world has caught up with a change.
enum KindSettlement: Sendable {
    /// It has: the image found, and facts.
    case settled(after: Value, facts: [String: Value])
    /// Not yet; how far it is, in one line.
    case pending(String)
    /// It will not.
    case failed(Problem)
    /// It had, and somebody else changed it since; the image found.
    case conflict(found: Value)
}

extension ActionKind {
    func startsProgram(from: Value, to: Value) -> Bool { false }

    func prepared(_ world: World) async throws -> Self { self }

    func call(from: Value, to: Value) throws -> CallForecast? { nil }

    func checkWayBack(to before: Value) throws {}

    func isSatisfied(by image: Value) throws -> Bool { matches(image, try wanted(over: image)) }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await observe(world)
        // Why pending: many services answer reads from a copy that is seconds behind the write.
        guard matches(found, to) else { return .pending("not yet seen as wanted") }
        return .settled(after: found, facts: facts(of: found))
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed == expected }

    func facts(of image: Value) -> [String: Value] { image.object ?? [:] }

    func factsAhead(from: Value, to: Value) -> [String: Value] { facts(of: to) }

    func observe(_ world: World, believing images: [Value]) async throws -> Value { try await observe(world) }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        let found = try await observe(world)
        if matches(found, to) { return .applied(receipt: .null) }
        if matches(found, from) { return .notApplied }
        return .unclear(
            Problem("the outcome is unknown, and what is there is neither what was before nor what was wanted"),
            found: found
        )
    }
}
