import AWSClient
import MigrateCore

/// How many requests one side had lately: by its load balancer's metrics, or by any probe that counts.
struct RequestEvidence: Sendable {
    /// Who counts.
    enum Source: Sendable, Equatable {
        /// CloudWatch, for the load balancer of this name, or for what it sends to one of its target groups.
        case loadBalancer(String, targetGroup: String?)
        /// A probe; `count` and `connections` are expressions over what it finds.
        case probe(kind: String, with: Value, count: String, connections: String?)
    }

    /// What was counted.
    struct Count: Sendable, Equatable {
        /// Requests.
        var requests: Int
        /// Connections that are open; nil when nobody counts them.
        var connections: Int?

        /// In words: `37 requests, 4 connections open`.
        var words: String {
            let open = connections.map { ", \($0) \($0 == 1 ? "connection" : "connections") open" } ?? ""
            return "\(requests) \(requests == 1 ? "request" : "requests")\(open)"
        }
    }

    /// What a side may be given as.
    static let shape =
        "`{load_balancer: NAME}`, `{load_balancer: NAME, target_group: NAME}` or"
        + " `{probe: KIND, with: …, count: EXPRESSION, connections: EXPRESSION}`"

    /// Parameter of those that count.
    static let window = ParameterDeclaration.optional(
        "window",
        .duration,
        default: "4m",
        "how far back a load balancer's requests count; a probe has its own"
    )

    /// Permissions for a load balancer's metrics.
    static let permissions = [
        Permission(
            ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetGroups"],
            on: "*",
            mutates: false
        ),
        Permission(["cloudwatch:GetMetricData"], on: "*", mutates: false),
    ]

    /// Who counts.
    let source: Source

    /// Reads `value`, given as `parameter`; late values may still be `${…}`.
    ///
    /// Throws: when it is none of the three, or names a probe that there is not.
    init(_ value: Value, of parameter: String) throws(ParameterError) {
        let given = value.object ?? [:]
        let group = given["target_group"]?.string
        if let name = given["load_balancer"]?.string, given.count == (group == nil ? 1 : 2) {
            source = .loadBalancer(name, targetGroup: group)
            return
        }
        guard let kind = given["probe"]?.string, let count = given["count"]?.string,
            given.keys.allSatisfy({ ["probe", "with", "count", "connections"].contains($0) })
        else { throw ParameterError(parameter, "must be \(Self.shape), not `\(value.text)`") }
        guard let declaration = StepCatalog.kind(kind, as: .probe)?.declaration else {
            throw ParameterError(parameter, "names probe `\(kind)`, which there is not")
        }
        let known = Set(declaration.parameters.map(\.name))
        if let stray = given["with"]?.object?.keys.sorted().first(where: { !known.contains($0) }) {
            throw ParameterError(parameter, "gives `\(stray)` to probe `\(kind)`, which has no such parameter")
        }
        source = .probe(
            kind: kind,
            with: given["with"] ?? .null,
            count: count,
            connections: given["connections"]?.string
        )
    }

    /// Counts over the last `window`; a probe knows its own.
    ///
    /// Throws: `Problem` when there is nothing to count by; what the tools throw.
    func count(over window: Duration, _ world: World) async throws -> Count {
        switch source {
        case .loadBalancer(let name, let group):
            try await LoadBalancerRequests(name: name, targetGroup: group).count(over: window, world)
        case .probe(let kind, let with, let count, let connections):
            try await Self.count(by: kind, with, count, connections, world)
        }
    }

    private static func count(
        by name: String,
        _ with: Value,
        _ count: String,
        _ connections: String?,
        _ world: World
    ) async throws -> Count {
        guard let kind = StepCatalog.kind(name, as: .probe) as? any ProbeKind.Type else {
            throw Problem("this version of `migrate` knows no probe `\(name)`")
        }
        let observation = try await kind.init(Parameters(with, of: kind.declaration)).ask(world)
        observation.evidence.forEach(world.recorder.add)
        switch observation.verdict {
        case .pass: break
        case .error(let problem): throw problem
        case .fail(let seen), .inconclusive(let seen): throw Problem("probe `\(name)` counts nothing: \(seen)")
        }
        let facts = Value.object(observation.facts)
        return Count(
            requests: try await number(count, over: facts, world),
            connections: try await connections.asyncMap { try await number($0, over: facts, world) }
        )
    }

    private static func number(_ expression: String, over facts: Value, _ world: World) async throws -> Int {
        let found = try await world.expressions.evaluate(expression, over: facts) ?? .null
        guard let number = found.number, let whole = Int(exactly: number.rounded()), whole >= 0 else {
            throw Problem(
                "`\(expression)` gave \(found.isNull ? "nothing" : found.text), not a count",
                hint: "where nothing means none, say so: `\(expression) // 0`"
            )
        }
        return whole
    }
}

extension Optional where Wrapped: Sendable {
    /// What `transform` makes of the value, if there is one.
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
