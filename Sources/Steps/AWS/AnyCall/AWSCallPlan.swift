import AWSClient
import MigrateCore

/// What a runbook says of a call beside the call itself: how to look, what is wanted, how to wait, how to go back.
struct AWSCallPlan: Sendable {
    /// How the thing is looked at; nil when it cannot be.
    var look: Look?
    /// What `look` must show afterwards, `null` for a thing that must be gone; true when there is no look.
    var wanted: Value
    /// How the call is taken back; nil when nothing must be.
    var undo: Undo?
    /// What is waited for after the call.
    var waiter: Waiter?
    /// jq over the answer whose result is kept.
    var keep: String?
    /// Member that carries our client token.
    var tokenName: String?
    /// Whether making the call twice does no more than once.
    var isRepeatable: Bool

    /// Parameters beside those that name the call.
    static let parameters: [ParameterDeclaration] = [
        .optional(
            "observe",
            .mapping,
            "How the thing is looked at: `{operation, parameters, select, absent}`; `select` is jq over the answer, "
                + "`absent` lists error codes that mean that it is not there"
        ),
        .optional("wanted", .any, "What `observe` must show afterwards; left out, that the thing is gone"),
        .required(
            "undo",
            .mapping,
            "The call that takes it back: `{operation, parameters, select}`; `select` is jq over "
                + "`{before, after, result}` that gives further parameters; `{}` when nothing must be taken back"
        ),
        .optional(
            "until",
            .mapping,
            example: [
                "operation": "DescribeThing", "expect": ".status == \"ACTIVE\"", "fail_when": ".status == \"FAILED\"",
            ],
            "What is waited for: `{operation, parameters, expect, fail_when}`, jq over the answer"
        ),
        .optional("keep", .expression, example: ".thing.id", "jq over the answer; its result is the fact `result`"),
        .optional("token", .string, example: "clientToken", "Parameter that makes a repeated call one"),
        .optional("repeatable", .boolean, default: false, "Whether making the call twice does no more than once"),
    ]

    /// How often it may be sent.
    var idempotency: Idempotency { tokenName != nil ? .token : isRepeatable ? .convergent : .once }

    init(_ given: Parameters, _ call: AnyAWSCall) throws {
        let observe = try given.mapping("observe")
        look = try observe.isEmpty ? nil : Look(observe, call)
        wanted = look == nil ? true : given.value("wanted")
        let undo = try given.mapping("undo")
        self.undo = try undo.isEmpty ? nil : Undo(call: call.another(undo, "undo"), select: undo["select"]?.string)
        let until = try given.mapping("until")
        waiter = try until.isEmpty ? nil : Waiter(until, call)
        keep = try given.stringIfGiven("keep")
        tokenName = try given.stringIfGiven("token")
        isRepeatable = try given.boolean("repeatable")
    }

    /// A call that shows the thing.
    struct Look: Sendable {
        private let call: AnyAWSCall
        private let select: String
        private let absent: Set<String>

        init(_ given: [String: Value], _ call: AnyAWSCall) throws {
            self.call = try call.another(given, "observe")
            guard AnyAWSCall.onlyReads(self.call.operation) else {
                throw ParameterError("observe", "names `\(self.call.operation)`, which is not one that only reads")
            }
            select = given["select"]?.string ?? "."
            absent = Set((given["absent"]?.array ?? []).compactMap(\.string))
        }

        /// What is there; `null` when nothing is.
        func seen(_ world: World) async throws -> Value {
            do {
                let answer = try await call.allPages(limit: 20, world).answer
                return try await world.expressions.evaluate(select, over: answer) ?? .null
            } catch let error as AWSError where error.kind == .refused && absent.contains(error.code) {
                return .null
            }
        }
    }

    /// A call that takes another back.
    struct Undo: Sendable {
        /// Call, with the parameters that are known beforehand.
        var call: AnyAWSCall
        /// jq that gives further parameters.
        var select: String?

        /// The call with all its parameters.
        func filled(_ context: Value, _ world: World) async throws -> AnyAWSCall {
            guard let select else { return call }
            guard case .object(let more)? = try await world.expressions.evaluate(select, over: context) else {
                throw Refusal("`select` of `undo` must give a mapping of parameters")
            }
            var filled = call
            filled.parameters = .object((call.parameters.object ?? [:]).merging(more) { $1 })
            return filled
        }
    }

    /// A call asked until its answer fits.
    struct Waiter: Sendable {
        private let call: AnyAWSCall
        private let expectation: String
        private let ending: String?

        init(_ given: [String: Value], _ call: AnyAWSCall) throws {
            self.call = try call.another(given, "until")
            guard let expectation = given["expect"]?.string else { throw ParameterError("until", "needs `expect`") }
            self.expectation = expectation
            ending = given["fail_when"]?.string
        }

        /// Why it is not over; nil when it is.
        func state(_ world: World) async throws -> KindSettlement? {
            let answer = try await call.allPages(limit: 20, world).answer
            let seen = "\(call.subject) answered"
            if let ending, await world.expressions.judge(ending, over: answer, seen: seen).isPass {
                return .failed(Problem("\(seen): `\(ending)` holds"))
            }
            let verdict = await world.expressions.judge(expectation, over: answer, seen: seen)
            switch verdict {
            case .pass: return nil
            case .fail(let words), .inconclusive(let words): return .pending(words)
            case .error(let problem): return .failed(problem)
            }
        }
    }
}
