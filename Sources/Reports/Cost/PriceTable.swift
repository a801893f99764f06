/// What AWS asks for the things that runbooks' sheets of costs name.
public struct PriceTable: Sendable, Hashable {
    /// One price.
    public struct Price: Sendable, Hashable {
        /// Unit: US dollars for one of `unit`.
        public var dollars: Double
        /// What it is paid for, for people: `vCPU-hour`.
        public var unit: String
    }

    /// Prices by key.
    public private(set) var prices: [String: Price]
    /// Keys whose price the operator gave.
    public private(set) var given: Set<String> = []

    /// Region of the list.
    public static let region = "us-east-1"
    /// Day on which the list was read.
    public static let day = "2026-11-21"

    /// List prices on demand, without tax, discounts and free allowances.
    ///
    /// Source: the pricing pages of AWS for us-east-1, Linux on x86 where that matters.
    public static let list = PriceTable(prices: [
        "alb.hour": Price(dollars: 0.0225, unit: "load balancer-hour"),
        "alb.lcu_hour": Price(dollars: 0.008, unit: "capacity unit-hour"),
        "backup.efs_gb": Price(dollars: 0.05, unit: "GB-month"),
        "cloudwatch.alarm": Price(dollars: 0.10, unit: "alarm-month"),
        "cloudwatch.logs_gb": Price(dollars: 0.50, unit: "GB taken in"),
        "cloudwatch.logs_stored_gb": Price(dollars: 0.03, unit: "GB-month"),
        "cloudwatch.metric": Price(dollars: 0.30, unit: "metric-month"),
        "codebuild.small_minute": Price(dollars: 0.005, unit: "build minute"),
        "codepipeline.pipeline": Price(dollars: 1, unit: "pipeline-month"),
        "ebs.gp3_gb": Price(dollars: 0.08, unit: "GB-month"),
        "ec2.t4g_medium_hour": Price(dollars: 0.0336, unit: "instance-hour"),
        "ec2.t4g_small_hour": Price(dollars: 0.0168, unit: "instance-hour"),
        "ecr.gb": Price(dollars: 0.10, unit: "GB-month"),
        "efs.gb": Price(dollars: 0.30, unit: "GB-month"),
        // Read 2026-11-22.
        "fargate.disk_gb_hour": Price(dollars: 0.000111, unit: "GB-hour above the free 20 GB of a task"),
        "fargate.gb_hour": Price(dollars: 0.004445, unit: "GB-hour"),
        "fargate.vcpu_hour": Price(dollars: 0.04048, unit: "vCPU-hour"),
        "nat.gb": Price(dollars: 0.045, unit: "GB"),
        "nat.hour": Price(dollars: 0.045, unit: "gateway-hour"),
        "rds.t4g_micro_hour": Price(dollars: 0.016, unit: "instance-hour"),
        "rds.gp3_gb": Price(dollars: 0.115, unit: "GB-month"),
        "route53.zone": Price(dollars: 0.50, unit: "zone-month"),
        "s3.gb": Price(dollars: 0.023, unit: "GB-month"),
        "secrets.secret": Price(dollars: 0.40, unit: "secret-month"),
        "transfer.out_gb": Price(dollars: 0.09, unit: "GB"),
    ])

    private init(prices: [String: Price]) { self.prices = prices }

    /// The table with `key` at `dollars`, as in another region or by a contract; nil when there is no such key.
    public func setting(_ key: String, to dollars: Double) -> PriceTable? {
        guard prices[key] != nil else { return nil }
        var table = self
        table.prices[key]?.dollars = dollars
        table.given.insert(key)
        return table
    }
}
