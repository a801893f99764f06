import AWSClient
import MigrateCore

/// How a listener, or one of its rules, shares its requests out among target groups.
struct ListenerForwarding: Sendable, Equatable {
    /// ARN of the listener or rule.
    var arn: String
    /// Whether it is a rule.
    var isRule: Bool
    /// Weights by ARN of the target group.
    var weights: [String: Int]
    /// Seconds for which a client stays with a group; nil when it does not.
    var stickiness: Int?
    /// The group that the requests come home to, where a shift wrote it down.
    var home: String?

    /// Takes what `arn` does with its requests.
    init(_ action: ElasticLoadBalancing.Action, of arn: String, isRule: Bool) {
        self.arn = arn
        self.isRule = isRule
        weights = [:]
        for group in action.forwardConfig?.targetGroups ?? [] {
            if let arn = group.targetGroupArn { weights[arn] = group.weight ?? 1 }
        }
        if weights.isEmpty, let only = action.targetGroupArn { weights[only] = 1 }
        let sticky = action.forwardConfig?.targetGroupStickinessConfig
        stickiness = sticky?.enabled == true ? sticky?.durationSeconds : nil
    }

    /// Reads an image.
    ///
    /// Throws: `Problem` when the journal holds something else.
    init(image: Value) throws {
        guard let arn = image["arn"].string, let weights = image["weights"].object else {
            throw Problem("the image in the journal is not one of a listener")
        }
        self.arn = arn
        self.weights = weights.compactMapValues { $0.integer.map { Int($0) } }
        isRule = image["rule"].bool ?? false
        stickiness = image["stickiness"].integer.map { Int($0) }
        home = image["home"].string
    }

    /// Image as a value.
    var image: Value {
        var members: [String: Value] = [
            "arn": .string(arn), "rule": .bool(isRule),
            "weights": .object(weights.mapValues { .integer(Int64($0)) }),
            "stickiness": stickiness.map { .integer(Int64($0)) } ?? .null,
        ]
        members["home"] = home.map { .string($0) }
        return .object(members)
    }

    /// The action that does it.
    var action: ElasticLoadBalancing.Action {
        var action = ElasticLoadBalancing.Action(type: "forward")
        action.forwardConfig = .init(
            targetGroups: weights.sorted { $0.key < $1.key }.map { .init(targetGroupArn: $0.key, weight: $0.value) },
            targetGroupStickinessConfig: .init(enabled: stickiness != nil, durationSeconds: stickiness)
        )
        return action
    }

    /// Share of the group `arn`, in percent of all requests.
    func share(of arn: String) -> Int {
        let all = weights.values.reduce(0, +)
        return all == 0 ? 0 : (weights[arn] ?? 0) * 100 / all
    }

    /// Share of the group `arn` in an image, in percent of all requests.
    static func share(of arn: String, in image: Value) -> Int {
        let weights = (image["weights"].object ?? [:]).compactMapValues(\.integer)
        let all = weights.values.reduce(0, +)
        return all == 0 ? 0 : Int((weights[arn] ?? 0) * 100 / all)
    }

    /// Refuses a listener whose requests do not go to the old group: a shift from there would move them all, unwatched.
    ///
    /// Throws: `Refusal`.
    func refuseStart(from sides: ListenerSides, at place: ListenerPlace) throws {
        guard (weights[sides.old] ?? 0) > 0 else {
            throw Refusal(
                "`\(place.words)` sends nothing to `\(ListenerSides.name(of: sides.old))`",
                hint: "a shift starts from the group that has the requests; an earlier one may have ended here"
            )
        }
    }

    /// Refuses a listener that has other groups than the two sides.
    ///
    /// Throws: `Refusal`.
    func refuseOthers(than sides: ListenerSides, at place: ListenerPlace) throws {
        let others = weights.keys.filter { $0 != sides.old && $0 != sides.new }.map(ListenerSides.name).sorted()
        guard others.isEmpty else {
            throw Refusal(
                "`\(place.words)` forwards to \(others.joined(separator: ", ")) too, and a shift has two sides",
                hint: "take the third group off the listener first"
            )
        }
    }

    /// The `aws` command that sets it.
    func command(endpoint: String?) -> String {
        let groups = weights.sorted { $0.key < $1.key }.map { group -> Value in
            ["TargetGroupArn": .string(group.key), "Weight": .integer(Int64(group.value))]
        }
        var sticky: [String: Value] = ["Enabled": .bool(stickiness != nil)]
        sticky["DurationSeconds"] = stickiness.map { .integer(Int64($0)) }
        let forward: Value = ["TargetGroups": .array(groups), "TargetGroupStickinessConfig": .object(sticky)]
        let actions: Value = [["Type": "forward", "ForwardConfig": forward]]
        // The fourth part of an ARN is its region.
        let region = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(3).first ?? ""
        return "aws elbv2 \(isRule ? "modify-rule" : "modify-listener")"
            + (region.isEmpty ? "" : " --region \(region)")
            + (endpoint.map { " --endpoint-url \(BreakGlassFile.quoted($0))" } ?? "")
            + " \(isRule ? "--rule-arn" : "--listener-arn") \(BreakGlassFile.quoted(arn))"
            + " \(isRule ? "--actions" : "--default-actions") \(BreakGlassFile.quoted(actions.text))"
    }
}
