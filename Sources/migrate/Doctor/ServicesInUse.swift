import AWSClient
import MigrateCore
import Steps

/// AWS services that a plan needs.
struct ServicesInUse {
    let plan: Plan?

    /// The services; those of every kind when there is no plan.
    var all: [AWSService] {
        guard let plan else { return Array(Self.byPrefix.values).sorted { $0.id < $1.id } }
        let names = Set(plan.steps.flatMap { $0.usesForward + $0.usesBack }.map(\.kind))
        let actions = StepCatalog.declarations.filter { names.contains($0.name) }
            .flatMap(\.permissions).flatMap(\.actions)
        let prefixes = Set(actions.compactMap { $0.split(separator: ":").first.map(String.init) })
        return prefixes.compactMap { Self.byPrefix[$0] }.sorted { $0.id < $1.id }
    }

    /// Services by the beginning of their IAM actions.
    private static let byPrefix: [String: AWSService] = [
        "acm": .acm, "application-autoscaling": .applicationAutoScaling, "backup": .backup,
        "cloudwatch": .cloudWatch, "codedeploy": .codeDeploy, "codepipeline": .codePipeline, "ec2": .ec2, "ecr": .ecr,
        "ecs": .ecs, "elasticfilesystem": .efs, "elasticloadbalancing": .elasticLoadBalancing, "iam": .iam,
        "logs": .cloudWatchLogs, "rds": .rds, "route53": .route53, "s3": .s3, "secretsmanager": .secretsManager,
        "servicediscovery": .serviceDiscovery, "servicequotas": .serviceQuotas, "sns": .sns, "ssm": .ssm,
    ]
}
