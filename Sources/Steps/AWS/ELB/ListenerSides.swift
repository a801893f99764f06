import AWSClient
import MigrateCore

/// The two target groups of a shift, by name or ARN.
struct ListenerSides: Sendable {
    /// The group that had the requests before.
    var old: String
    /// The group that gets them.
    var new: String

    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("old", .string, "Name or ARN of the target group that has the requests now"),
        .required("new", .string, "Name or ARN of the target group that shall have them"),
    ]

    /// Reads the parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        old = try parameters.string("old")
        new = try parameters.string("new")
        if old == new { throw ParameterError("new", "is the old group: nothing would move") }
    }

    /// Both by ARN.
    ///
    /// Throws: `Refusal` when one is not there, or both are one; as `World.call`.
    func resolved(_ world: World) async throws -> Self {
        var resolved = self
        resolved.old = try await Self.group(old, world).targetGroupArn
        resolved.new = try await Self.group(new, world).targetGroupArn
        guard resolved.old != resolved.new else {
            throw Refusal("`\(old)` and `\(new)` are one target group: nothing would move")
        }
        return resolved
    }

    private static func group(_ name: String, _ world: World) async throws -> ElasticLoadBalancing.TargetGroup {
        guard let found = try await ElasticLoadBalancing.TargetGroup.find(name, world) else {
            throw Refusal("no target group `\(name)`", hint: "check its name, the region and the account")
        }
        return found
    }

    /// `blue` of `arn:…:targetgroup/blue/6d0e`.
    static func name(of arn: String) -> String {
        let parts = arn.split(separator: "/")
        return parts.count == 3 ? String(parts[1]) : arn
    }
}
