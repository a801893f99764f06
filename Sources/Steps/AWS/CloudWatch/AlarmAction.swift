import AWSClient
import MigrateCore

/// Makes an alarm on a metric.
struct AlarmAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "cloudwatch.alarm",
        role: .action,
        summary: "Makes a CloudWatch alarm on a metric, or sets up one that exists",
        parameters: [
            .required("name", .string, "Name of the alarm"),
            .optional("description", .string, example: "CPU of the order service", "Words on it"),
            .required("namespace", .string, "Namespace of the metric"), .required("metric", .string, "Metric"),
            .optional("dimensions", .mapping, "Which series, name to value"),
            .optional(
                "statistic",
                .string,
                default: "Average",
                "`Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p99`"
            ),
            .optional("period", .duration, default: "300s", "Length of one point"),
            .optional("periods", .integer, default: 1, unit: "periods", "Points that are looked at"),
            .optional("breaching", .integer, unit: "periods", example: 2, "Points that must breach; all when left out"),
            .required("comparison", .choice([">", ">=", "<", "<="]), "How a point is compared with the threshold"),
            .required("threshold", .number, unit: "as the metric", "Threshold"),
            .optional(
                "missing",
                .choice(["breaching", "notBreaching", "ignore", "missing"]),
                default: "missing",
                "What no data means"
            ),
            .optional("alarm_actions", .list(.string), "ARNs told when it alarms"),
            .optional("ok_actions", .list(.string), example: ["${topic}"], "ARNs told when it is well again"),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "every setting of the alarm as found, or that there was none; undoing sets them back or deletes it",
        permissions: [
            Permission(["cloudwatch:DescribeAlarms"], on: "*", mutates: false),
            Permission(
                ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"],
                on: "arn:aws:cloudwatch:*:*:alarm:${name}",
                mutates: true
            ),
        ],
        facts: ["name": "name of the alarm"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: cpu-alarm
              do: cloudwatch.alarm
              with:
                name: order-cpu
                namespace: AWS/ECS
                metric: CPUUtilization
                dimensions: {ClusterName: market, ServiceName: order}
                comparison: ">"
                threshold: 80
                periods: 2
                alarm_actions: ["${topic}"]
            """
    )

    private static let comparisons = [
        ">": "GreaterThanThreshold", ">=": "GreaterThanOrEqualToThreshold", "<": "LessThanThreshold",
        "<=": "LessThanOrEqualToThreshold",
    ]

    private let name: String
    private let image: Value

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        var input = CloudWatch.PutMetricAlarmInput(
            alarmName: name,
            evaluationPeriods: try parameters.integer("periods", in: 1...1440),
            comparisonOperator: Self.comparisons[
                try parameters.choice("comparison", of: Self.comparisons.keys.sorted())
            ] ?? ""
        )
        input.alarmDescription = try parameters.stringIfGiven("description")
        input.namespace = try parameters.string("namespace")
        input.metricName = try parameters.string("metric")
        input.dimensions = try parameters.textMapping("dimensions").map { .init(name: $0.key, value: $0.value) }
        let statistic = try parameters.string("statistic")
        if statistic.hasPrefix("p") { input.extendedStatistic = statistic } else { input.statistic = statistic }
        input.period = Int(try parameters.duration("period").inMilliseconds / 1000)
        input.datapointsToAlarm = try parameters.integerIfGiven("breaching")
        input.threshold = try parameters.number("threshold")
        input.treatMissingData = try parameters.string("missing")
        input.alarmActions = try parameters.strings("alarm_actions")
        input.okActions = try parameters.strings("ok_actions")
        image = AlarmImage.value(of: input)
    }

    func observe(_ world: World) async throws -> Value {
        var input = CloudWatch.DescribeAlarmsInput()
        input.alarmNames = [name]
        input.alarmTypes = ["MetricAlarm", "CompositeAlarm"]
        let request = input
        let found = try await world.call("cloudwatch:DescribeAlarms \(name)") {
            try await world.aws.cloudWatch.describeAlarms(request)
        }
        guard found.compositeAlarms.isEmpty else {
            throw Refusal("`\(name)` is a composite alarm", hint: "give the alarm another name")
        }
        guard let alarm = found.metricAlarms.first else { return .null }
        guard alarm.metrics?.isEmpty ?? true else {
            throw Refusal("alarm `\(name)` works on metric mathematics, which this kind cannot restore")
        }
        return AlarmImage.value(of: alarm)
    }

    func wanted(over before: Value) throws -> Value { image }

    func facts(of image: Value) -> [String: Value] { ["name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        if to.isNull { return "delete alarm `\(name)`" }
        return from.isNull ? "make alarm `\(name)`" : "set up alarm `\(name)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else {
            _ = try await world.call("cloudwatch:DeleteAlarms \(name)") {
                try await world.aws.cloudWatch.deleteAlarms(.init(alarmNames: [name]))
            }
            return .null
        }
        let request = AlarmImage.input(name, to)
        _ = try await world.call("cloudwatch:PutMetricAlarm \(name)") {
            try await world.aws.cloudWatch.putMetricAlarm(request)
        }
        return .null
    }
}
