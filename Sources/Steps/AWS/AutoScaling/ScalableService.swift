import AWSClient
import MigrateCore

/// An ECS service as Application Auto Scaling knows it.
struct ScalableService: Sendable {
    /// Cluster.
    var cluster: String
    /// Service.
    var service: String

    /// Parameters that name it.
    static let parameters: [ParameterDeclaration] = [
        .required("cluster", .string, "Name of the cluster"), .required("service", .string, "Name of the service"),
    ]

    /// Resource of its permissions.
    static let resource = "arn:aws:application-autoscaling:*:*:scalable-target/*"

    /// Application Auto Scaling's name of the service `ecs`.
    static let namespace = "ecs"
    /// What of it is scaled.
    static let dimension = "ecs:service:DesiredCount"

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        service = try parameters.string("service")
    }

    /// Its id.
    var resourceID: String { "service/\(cluster)/\(service)" }

    /// Its limits; nil when it is not scaled.
    ///
    /// Throws: as `World.call`.
    func target(_ world: World) async throws -> ApplicationAutoScaling.ScalableTarget? {
        var input = ApplicationAutoScaling.DescribeScalableTargetsInput(serviceNamespace: Self.namespace)
        input.resourceIds = [resourceID]
        input.scalableDimension = Self.dimension
        let request = input
        let found = try await world.call("application-autoscaling:DescribeScalableTargets \(resourceID)") {
            try await world.aws.applicationAutoScaling.describeScalableTargets(request)
        }
        return found.scalableTargets?.first { $0.resourceId == resourceID }
    }

    /// Its policies.
    ///
    /// Throws: as `World.call`.
    func policies(_ world: World) async throws -> [ApplicationAutoScaling.ScalingPolicy] {
        var all: [ApplicationAutoScaling.ScalingPolicy] = []
        var token: String?
        repeat {
            var input = ApplicationAutoScaling.DescribeScalingPoliciesInput(serviceNamespace: Self.namespace)
            input.resourceId = resourceID
            input.nextToken = token
            let request = input
            let page = try await world.call("application-autoscaling:DescribeScalingPolicies \(resourceID)") {
                try await world.aws.applicationAutoScaling.describeScalingPolicies(request)
            }
            all += page.scalingPolicies ?? []
            token = page.nextToken == token ? nil : page.nextToken
        } while token != nil
        return all
    }
}
