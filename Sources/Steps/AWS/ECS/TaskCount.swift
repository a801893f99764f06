import MigrateCore

/// How many tasks a service will have.
struct TaskCount: Sendable, Equatable {
    /// Name of the service.
    let service: String
    /// Most tasks that a roll-out may bring; never fewer than the service wants.
    let peak: Int

    /// Most tasks during a roll-out, in percent, where a service says nothing.
    ///
    /// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html, read
    /// 2026-11-21: for the maximum a part of a task counts for nothing.
    private static let usualCeiling = 200

    /// Reads one of `parameter`: `{name, tasks, ceiling}`.
    ///
    /// Throws: `ParameterError`.
    init(_ value: Value, parameter: String) throws {
        guard let name = value["name"].string else { throw ParameterError(parameter, "must have a `name` each") }
        service = name
        let tasks = try Self.whole(value["tasks"], 0...5000, "tasks of `\(name)`", parameter)
        let ceiling = value["ceiling"]
        let percent =
            ceiling.isNull ? Self.usualCeiling : try Self.whole(ceiling, 100...1000, "ceiling of `\(name)`", parameter)
        peak = max(tasks, tasks * percent / 100)
    }

    /// `value`, a whole number within `range`, which `what` says in words.
    ///
    /// Throws: `ParameterError`.
    static func whole(_ value: Value, _ range: ClosedRange<Int>, _ what: String, _ parameter: String) throws -> Int {
        let text = value.interpolated
        guard let whole = Int(text), range.contains(whole) else {
            throw ParameterError(
                parameter,
                "must give \(what) from \(range.lowerBound) to \(range.upperBound), not `\(text)`"
            )
        }
        return whole
    }
}
