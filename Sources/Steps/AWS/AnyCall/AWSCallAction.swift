import AWSClient
import MigrateCore

/// Makes one call of any operation, with before-image, waiter and way back from the runbook.
struct AWSCallAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "aws.call",
        role: .action,
        summary: "Make one call of any operation of an AWS service by name, with the runbook's own look and way back",
        parameters: AnyAWSCall.parameters + AWSCallPlan.parameters,
        effect: .reconcilable,
        effectRestsOn: ["observe", "repeatable"],
        rollback: .captured,
        undo: "what `observe` shows before the call, and the call of `undo`, its input worked out from that",
        reconciliation: "by `observe`; without it a call that is not `repeatable` waits for a person",
        permissions: [
            Permission(["${service}:${operation}"], on: "*", mutates: true),
            Permission(["${service}:${undo.operation}"], on: "*", mutates: true),
            Permission(["${service}:${observe.operation}", "${service}:${until.operation}"], on: "*", mutates: false),
        ],
        facts: ["result": "what `keep` takes from the answer", "seen": "what `observe` shows afterwards"],
        source: AnyAWSCall.source,
        example: """
            - id: capacity-providers
              do: aws.call
              with:
                service: ecs
                operation: UpdateClusterSettings
                parameters: {cluster: lgtm, settings: [{name: containerInsights, value: enabled}]}
                observe:
                  operation: DescribeClusters
                  parameters: {clusters: [lgtm], include: [SETTINGS]}
                  select: '.clusters[0].settings'
                wanted: [{name: containerInsights, value: enabled}]
                undo:
                  operation: UpdateClusterSettings
                  parameters: {cluster: lgtm}
                  select: '{settings: .before}'
            """
    )

    private let call: AnyAWSCall
    private let plan: AWSCallPlan

    init(_ parameters: Parameters) throws {
        call = try AnyAWSCall(parameters)
        plan = try AWSCallPlan(parameters, call)
    }

    func observe(_ world: World) async throws -> Value { try await image(world, believing: .null) }

    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        try await image(world, believing: images.first ?? .null)
    }

    /// What is there: `seen` by `observe`, else what is believed; `result` of the call comes from the record alone.
    private func image(_ world: World, believing belief: Value) async throws -> Value {
        guard let look = plan.look else { return belief.isNull ? ["seen": false] : belief }
        var members: [String: Value] = ["seen": try await look.seen(world)]
        if !belief["result"].isNull { members["result"] = belief["result"] }
        return .object(members)
    }

    func wanted(over before: Value) throws -> Value { ["seen": plan.wanted] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["seen"] == expected["seen"] }

    func facts(of image: Value) -> [String: Value] { ["seen": image["seen"], "result": image["result"]] }

    func summary(from: Value, to: Value) -> String {
        isForward(to) ? "call \(call.subject)" : plan.undo.map { "call \($0.call.subject)" } ?? "nothing to take back"
    }

    private func isForward(_ to: Value) -> Bool { to["seen"] == plan.wanted }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard isForward(to) else {
            guard let undo = plan.undo else { return .null }
            let context: Value = ["before": to["seen"], "after": from["seen"], "result": from["result"]]
            _ = try await undo.filled(context, world).send(plan.idempotency, world)
            return .null
        }
        var call = call
        if let name = plan.tokenName {
            let members = (call.parameters.object ?? [:]).merging([name: .string(ClientToken.fitting(token, limit: 64))]
            ) { $1 }
            call.parameters = .object(members)
        }
        let answer = try await call.send(plan.idempotency, world)
        guard let keep = plan.keep else { return ["result": .null] }
        do {
            return ["result": try await world.expressions.evaluate(keep, over: answer) ?? .null]
        } catch {
            // The call was made: a slip in `keep` must not make its outcome look unknown.
            return ["result": .null, "not_kept": .string(Problem(of: error).message)]
        }
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        if isForward(to), let slip = receipt["not_kept"].string {
            return .failed(Problem("the call was made, and `keep` failed: \(slip)"))
        }
        if isForward(to), let waiter = plan.waiter, let state = try await waiter.state(world) { return state }
        var after = try await image(world, believing: to)
        guard matches(after, to) else { return .pending("`observe` does not show what is wanted yet") }
        if !receipt["result"].isNull { after = after.adding("result", receipt["result"]) }
        return .settled(after: after, facts: facts(of: after))
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        guard plan.look != nil else {
            return plan.isRepeatable
                ? .repeatable
                : .unclear(
                    Problem(
                        "`\(call.subject)` was sent, and whether it took effect is not known",
                        hint: "look, then say so with `migrate resolve`; `observe` would do it for you"
                    ),
                    found: .null
                )
        }
        let found = try await observe(world)
        if matches(found, to) { return .applied(receipt: .null) }
        if matches(found, from) { return .notApplied }
        return .unclear(Problem("`observe` shows neither what was before nor what was wanted"), found: found)
    }
}

extension Value {
    /// This object with `value` as the member `name`.
    fileprivate func adding(_ name: String, _ value: Value) -> Value {
        .object((object ?? [:]).merging([name: value]) { $1 })
    }
}
