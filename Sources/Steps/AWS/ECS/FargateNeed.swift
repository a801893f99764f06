import MigrateCore

/// vCPUs that one service will need on Fargate.
struct FargateNeed: Sendable, Equatable {
    /// How many tasks of it there will be.
    let tasks: TaskCount
    private let units: Int

    /// CPU units of one vCPU.
    static let unitsPerCPU = 1024

    /// Reads one of `parameter`.
    ///
    /// Throws: `ParameterError`.
    init(_ value: Value, parameter: String) throws {
        tasks = try TaskCount(value, parameter: parameter)
        units = try TaskCount.whole(value["cpu"], 1...(1024 * 1024), "cpu of `\(tasks.service)`", parameter)
    }

    /// CPU units of all `services` when each has as many tasks as a roll-out may bring.
    static func units(of services: [FargateNeed]) -> Int { services.reduce(0) { $0 + $1.tasks.peak * $1.units } }
}
