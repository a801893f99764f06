import MigrateCore

/// How the traffic of one composite moved: its shares over time, as the journal has them.
struct ShiftPicture: Sendable, Hashable {
    /// A share from a moment on.
    struct Point: Sendable, Hashable {
        var at: Timestamp
        var weight: Int64
    }

    /// What somebody who counts requests saw at a moment.
    private struct Share: Sendable, Hashable {
        var at: Timestamp
        var weight: Int64
        var percent: Double
    }

    /// Composite that moves the traffic.
    let step: StepID
    private let name: String?
    private let new: String?
    /// Shares that it goes through, by the step that sets them.
    private let weights: [StepID: Int64]
    private(set) var points: [Point] = []
    private(set) var isReturned = false
    private var old: String?
    private var ttl: Int64?
    private var shares: [Share] = []
    /// What each resolver answered to each question when it was asked last, as the probe's facts have it.
    private var answers: [String: Value] = [:]

    /// Pictures of every composite of `plan` that shares traffic out, nothing moved yet.
    static func all(in plan: Plan) -> [ShiftPicture] {
        var seen: [StepID] = []
        for step in plan.steps where step.isInShift {
            if let composite = step.composite, !seen.contains(composite) { seen.append(composite) }
        }
        return seen.map { ShiftPicture(of: $0, in: plan) }
    }

    private init(of composite: StepID, in plan: Plan) {
        step = composite
        var weights: [StepID: Int64] = [:]
        var given = Value.null
        for part in plan.steps where part.composite == composite && part.isInShift {
            guard case .action(let call) = part.work else { continue }
            if given.isNull { given = call.parameters }
            // Why 100 for what has none: the last part leaves everything on the new side.
            weights[part.id] = part.traffic == .home ? 0 : call.parameters["weight"].integer ?? 100
        }
        self.weights = weights
        name = given["name"].string ?? given["listener"].string ?? given["load_balancer"].string
        new = Self.words(of: given["to"])
        ttl = given["ttl"].integer
    }

    /// A side in words: `{load_balancer: lgtm-alb}` is `lgtm-alb`.
    private static func words(of side: Value) -> String? {
        switch side {
        case .null: nil
        case .object(let members): members.sorted { $0.key < $1.key }.map(\.value.interpolated).joined(separator: " ")
        case .array(let values): values.map(\.interpolated).joined(separator: " ")
        case .bool, .integer, .number, .string: side.interpolated
        }
    }

    /// Takes in what happened.
    mutating func take(_ entry: JournalEntry) {
        switch entry.event {
        case .change(let attempt, .settled(_, _, let captures)):
            if let weight = weights[attempt.step] {
                set(attempt.direction == .forward ? weight : 0, direction: attempt.direction, at: entry.at)
            } else if attempt.direction == .forward, isPart(attempt.step) {
                old = captures["values"].flatMap { Self.words(of: $0) } ?? old
                ttl = captures["ttl"]?.integer ?? ttl
            }
        case .step(let id, .probed(_, let captures)) where isPart(id): look(captures, at: entry.at)
        case .run, .step, .change: break
        }
    }

    private func isPart(_ id: StepID) -> Bool { id.rawValue.hasPrefix("\(step.rawValue)/") }

    /// Takes in what a probe of the composite found.
    private mutating func look(_ captures: [String: Value], at time: Timestamp) {
        if let share = captures["share"]?.number, let weight = points.last?.weight {
            shares.append(Share(at: time, weight: weight, percent: share * 100))
        }
        for row in captures["resolvers"]?.array ?? [] {
            guard let server = row["resolver"].string else { continue }
            let question = [row["name"].string, row["type"].string].compactMap(\.self).joined(separator: " ")
            answers["\(server) \(question)"] = [
                "server": .string(server), "question": .string(question), "answers": row["values"], "ttl": row["ttl"],
                "old": row["old"], "at": Value(time),
            ]
        }
    }

    private mutating func set(_ weight: Int64, direction: Attempt.Direction, at time: Timestamp) {
        isReturned = direction != .forward
        guard points.last?.weight != weight else { return }
        points.append(Point(at: time, weight: weight))
    }

    /// The picture as JSON; `scale` is what every wait of the run is divided by.
    func json(scale: Int) -> Value {
        let drainUntil = ttl.flatMap { ttl in points.last.map { $0.at + .seconds(ttl) / scale } }
        return [
            "step": .string(step.rawValue), "name": Value(name), "old": Value(old), "new": Value(new),
            "ttl": ttl.map { .integer($0) } ?? .null, "target": weights.values.max().map { .integer($0) } ?? .null,
            "points": .array(points.map { ["at": Value($0.at), "weight": .integer($0.weight)] }),
            "share": .array(
                shares.map { ["at": Value($0.at), "weight": .integer($0.weight), "percent": .number($0.percent)] }
            ),
            "answers": .array(answers.sorted { $0.key < $1.key }.map(\.value)),
            "returned": .bool(isReturned), "drain_until": Value(drainUntil),
        ]
    }
}
