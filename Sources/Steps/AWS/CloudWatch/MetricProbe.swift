import AWSClient
import MigrateCore

/// Whether a metric is where it should be.
struct MetricProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "cloudwatch.metric",
        role: .probe,
        summary: "A CloudWatch metric meets a condition; no data is inconclusive",
        parameters: [
            .required("namespace", .string, "Namespace, such as `AWS/ApplicationELB`"),
            .required("metric", .string, "Name of the metric"),
            .optional("dimensions", .mapping, "Dimensions by name; all that the metric was written with"),
            .optional("statistic", .string, default: "Average", "`Average`, `Sum`, `Maximum`, `p99` …"),
            .optional("period", .duration, default: "1m", "Length of one datapoint"),
            .optional("window", .duration, default: "5m", "How far back it looks"),
            .required(
                "expect",
                .expression,
                "Condition over `{latest, minimum, maximum, average, count}`, such as `.maximum < 5`"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["cloudwatch:GetMetricData"], on: "*", mutates: false)],
        facts: [
            "latest": "newest value", "minimum": "smallest value", "maximum": "largest value",
            "average": "mean of the values", "count": "datapoints in the window",
        ],
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: few-errors
              probe: cloudwatch.metric
              with:
                namespace: AWS/ApplicationELB
                metric: HTTPCode_Target_5XX_Count
                dimensions: {LoadBalancer: "${alb_suffix}"}
                statistic: Sum
                expect: .maximum < 5
            """
    )

    private let namespace: String
    private let metric: String
    private let dimensions: [String: String]
    private let statistic: String
    private let period: Duration
    private let window: Duration
    private let expectation: String

    init(_ parameters: Parameters) throws {
        namespace = try parameters.string("namespace")
        metric = try parameters.string("metric")
        dimensions = try parameters.textMapping("dimensions")
        statistic = try parameters.string("statistic")
        period = try parameters.duration("period")
        window = try parameters.duration("window")
        expectation = try parameters.string("expect")
        guard period >= .seconds(1), window >= period else {
            throw ParameterError("window", "must be at least as long as `period`")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        let end = world.now()
        var query = CloudWatch.MetricDataQuery(id: "m1")
        query.metricStat = .init(
            metric: .init(
                namespace: namespace,
                metricName: metric,
                dimensions: dimensions.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
            ),
            period: Int(period.inMilliseconds / 1000),
            stat: statistic
        )
        var input = CloudWatch.GetMetricDataInput(
            metricDataQueries: [query],
            startTime: AWSTimestamp(seconds: Double(end.milliseconds - window.inMilliseconds) / 1000),
            endTime: AWSTimestamp(seconds: Double(end.milliseconds) / 1000)
        )
        input.scanBy = "TimestampDescending"
        let request = input
        let values = try await world.call("cloudwatch:GetMetricData \(namespace) \(metric)") {
            try await world.aws.cloudWatch.allMetricDataResults(request)
        }.flatMap(\.values)
        guard let latest = values.first, let least = values.min(), let most = values.max() else {
            return Observation(
                .inconclusive("no datapoints of `\(metric)` in \(window.shortText)"),
                facts: ["count": 0]
            )
        }
        let facts: [String: Value] = [
            "latest": .number(latest), "minimum": .number(least), "maximum": .number(most),
            "average": .number(values.reduce(0, +) / Double(values.count)), "count": .integer(Int64(values.count)),
        ]
        let seen = "\(statistic) of `\(metric)`: latest \(latest), \(least) to \(most) in \(window.shortText)"
        return Observation(
            await world.expressions.judge(expectation, over: .object(facts), seen: seen),
            facts: facts
        )
    }
}
