/// What a step may look up, and how its late values become values.
extension RunState {
    /// Scope of the step at `index`, for the attempt `number` in `direction`.
    public func scope(of id: StepID, direction: Attempt.Direction = .forward, attempt: Int = 1) -> StepScope {
        guard let index = places.steps[id] else { return StepScope(step: id) }
        let step = plan.steps[index]
        var scope = StepScope(
            step: id,
            facts: facts(for: step),
            secrets: plan.secrets,
            capture: step.capture,
            token: token(of: id, direction: direction, attempt: attempt)
        )
        scope.isUndoneFromRecord = direction == .forward && step.rollback == .captured
        return scope
    }

    /// Token of one attempt: the same after a crash, another for each attempt, run and plan.
    func token(of id: StepID, direction: Attempt.Direction, attempt: Int) -> String {
        // Why FNV and not SHA: the core imports nothing, and a token has to be stable and distinct, not secret.
        // Why raw values: interpolating a case looks its name up, which costs as much as all the rest.
        let parts = [
            header.digest, String(header.startedAt.milliseconds), String(header.number), id.rawValue,
            direction.rawValue, String(attempt),
        ]
        var one: UInt64 = 0xcbf2_9ce4_8422_2325
        var other = one &+ 1
        for (index, part) in parts.enumerated() {
            if index > 0 { Self.mix(UInt8(ascii: "|"), into: &one, &other) }
            for byte in part.utf8 { Self.mix(byte, into: &one, &other) }
        }
        return Self.digits(of: one) + Self.digits(of: other)
    }

    private static func mix(_ byte: UInt8, into one: inout UInt64, _ other: inout UInt64) {
        one = (one ^ UInt64(byte)) &* 0x100_0000_01b3
        other = (other ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    private static func digits(of hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private func facts(for step: PlanStep) -> [String: Value] {
        guard let composite = step.composite else { return facts }
        var parts: [String: Value] = [:]
        for (index, other) in plan.steps.enumerated() where other.composite == composite {
            parts[other.id.name(within: composite)] = .object(records[index].captures)
        }
        return facts.merging(["part": .object(parts)]) { $1 }
    }

    /// Length of a soak whose text may hold late values.
    func soakLength(_ text: String, of index: Int) -> Result<Duration, Problem> {
        let known = facts(for: plan.steps[index])
        do {
            let value = try Template.resolve(.string(text)) { path in
                try StepScope.value(at: path, in: known)
            }
            guard let length = Duration(text: value.interpolated) else {
                return .failure(Problem("`\(value.interpolated)` is not a length of time", hint: "write it like `5m`"))
            }
            return .success(length)
        } catch {
            return .failure(Problem("`\(text)` names a fact that is not known: \(error)"))
        }
    }
}
