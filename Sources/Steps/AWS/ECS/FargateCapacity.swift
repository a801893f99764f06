/// Which of Fargate's capacities tasks run on; each has a quota of its own.
enum FargateCapacity: String, Sendable, CaseIterable {
    /// On demand.
    case onDemand = "FARGATE"
    /// Spot.
    case spot = "FARGATE_SPOT"

    /// Code of the quota in Service Quotas.
    ///
    /// Source: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html, read 2026-11-21.
    var quotaCode: String {
        switch self {
        case .onDemand: "L-3032A538"
        case .spot: "L-36FBB829"
        }
    }

    /// Class of the usage metric.
    var usageClass: String {
        switch self {
        case .onDemand: "Standard/OnDemand"
        case .spot: "Standard/Spot"
        }
    }
}
