/// Facts of one AWS service.
///
/// Source: `endpointPrefix`, `signingName`, `targetPrefix` and `apiVersion` of botocore 1.43.11's service models,
/// read 2026-11-21.
public struct AWSService: Sendable, Hashable {
    /// AWS's own name of it, such as `Route 53`.
    public var id: String
    /// First label of its host names.
    public var endpointPrefix: String
    /// Name in signatures.
    public var signingName: String
    /// How its requests are written.
    public var wire: WireProtocol
    /// Whether one endpoint serves a whole partition.
    public var isGlobal: Bool
    /// Host of a service that does not follow the usual rule; `*` is the region.
    var fixedHost: String?
    /// Region in signatures of a service that has one endpoint.
    var fixedSigningRegion: String?

    /// Makes a service; `signingName` is the endpoint prefix unless given.
    public init(
        id: String,
        endpointPrefix: String,
        signingName: String? = nil,
        wire: WireProtocol,
        isGlobal: Bool = false
    ) {
        self.id = id
        self.endpointPrefix = endpointPrefix
        self.signingName = signingName ?? endpointPrefix
        self.wire = wire
        self.isGlobal = isGlobal
    }

    /// Its name in `AWS_ENDPOINT_URL_…` variables, such as `ROUTE_53`.
    public var environmentName: String {
        String(id.map { $0 == " " || $0 == "-" ? "_" : $0 }).uppercased()
    }
}

extension AWSService {
    /// AWS Certificate Manager.
    public static let acm = AWSService(
        id: "ACM",
        endpointPrefix: "acm",
        wire: .json(version: "1.1", targetPrefix: "CertificateManager")
    )
    /// CloudWatch metrics and alarms.
    public static let cloudWatch = AWSService(
        id: "CloudWatch",
        endpointPrefix: "monitoring",
        wire: .json(version: "1.0", targetPrefix: "GraniteServiceVersion20100801")
    )
    /// CloudWatch Logs.
    public static let cloudWatchLogs = AWSService(
        id: "CloudWatch Logs",
        endpointPrefix: "logs",
        wire: .json(version: "1.1", targetPrefix: "Logs_20140328")
    )
    /// Elastic Compute Cloud.
    public static let ec2 = AWSService(id: "EC2", endpointPrefix: "ec2", wire: .ec2(version: "2016-11-15"))
    /// Elastic Container Registry.
    public static let ecr = AWSService(
        id: "ECR",
        endpointPrefix: "api.ecr",
        signingName: "ecr",
        wire: .json(version: "1.1", targetPrefix: "AmazonEC2ContainerRegistry_V20150921")
    )
    /// Elastic Container Service.
    public static let ecs = AWSService(
        id: "ECS",
        endpointPrefix: "ecs",
        wire: .json(version: "1.1", targetPrefix: "AmazonEC2ContainerServiceV20141113")
    )
    /// Application and network load balancers.
    public static let elasticLoadBalancing = AWSService(
        id: "Elastic Load Balancing v2",
        endpointPrefix: "elasticloadbalancing",
        wire: .query(version: "2015-12-01")
    )
    /// Identity and Access Management.
    public static let iam = AWSService(
        id: "IAM",
        endpointPrefix: "iam",
        wire: .query(version: "2010-05-08"),
        isGlobal: true
    )
    /// Route 53's DNS.
    public static let route53 = AWSService(
        id: "Route 53",
        endpointPrefix: "route53",
        wire: .restXML,
        isGlobal: true
    )
    /// Simple Storage Service.
    public static let s3 = AWSService(id: "S3", endpointPrefix: "s3", wire: .restXML)
    /// Secrets Manager.
    public static let secretsManager = AWSService(
        id: "Secrets Manager",
        endpointPrefix: "secretsmanager",
        wire: .json(version: "1.1", targetPrefix: "secretsmanager")
    )
    /// Cloud Map.
    public static let serviceDiscovery = AWSService(
        id: "ServiceDiscovery",
        endpointPrefix: "servicediscovery",
        wire: .json(version: "1.1", targetPrefix: "Route53AutoNaming_v20170314")
    )
    /// Systems Manager.
    public static let ssm = AWSService(
        id: "SSM",
        endpointPrefix: "ssm",
        wire: .json(version: "1.1", targetPrefix: "AmazonSSM")
    )
    /// IAM Identity Center's portal, which hands out role credentials.
    public static let sso = AWSService(
        id: "SSO",
        endpointPrefix: "portal.sso",
        signingName: "awsssoportal",
        wire: .restJSON
    )
    /// IAM Identity Center's token service.
    public static let ssoOIDC = AWSService(
        id: "SSO OIDC",
        endpointPrefix: "oidc",
        signingName: "sso-oauth",
        wire: .restJSON
    )
    /// Security Token Service.
    public static let sts = AWSService(id: "STS", endpointPrefix: "sts", wire: .query(version: "2011-06-15"))
    /// Application Auto Scaling.
    public static let applicationAutoScaling = AWSService(
        id: "Application Auto Scaling",
        endpointPrefix: "application-autoscaling",
        wire: .json(version: "1.1", targetPrefix: "AnyScaleFrontendService")
    )
    /// AWS Backup.
    public static let backup = AWSService(id: "Backup", endpointPrefix: "backup", wire: .restJSON)
    /// CodeDeploy.
    public static let codeDeploy = AWSService(
        id: "CodeDeploy",
        endpointPrefix: "codedeploy",
        wire: .json(version: "1.1", targetPrefix: "CodeDeploy_20141006")
    )
    /// CodePipeline.
    public static let codePipeline = AWSService(
        id: "CodePipeline",
        endpointPrefix: "codepipeline",
        wire: .json(version: "1.1", targetPrefix: "CodePipeline_20150709")
    )
    /// Elastic File System.
    public static let efs = AWSService(id: "EFS", endpointPrefix: "elasticfilesystem", wire: .restJSON)
    /// Relational Database Service.
    public static let rds = AWSService(id: "RDS", endpointPrefix: "rds", wire: .query(version: "2014-10-31"))
    /// Service Quotas.
    public static let serviceQuotas = AWSService(
        id: "Service Quotas",
        endpointPrefix: "servicequotas",
        wire: .json(version: "1.1", targetPrefix: "ServiceQuotasV20190624")
    )
    /// Simple Notification Service.
    public static let sns = AWSService(id: "SNS", endpointPrefix: "sns", wire: .query(version: "2010-03-31"))
}
