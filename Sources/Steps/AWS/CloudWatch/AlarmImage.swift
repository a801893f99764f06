import AWSClient
import MigrateCore

/// Settings of an alarm as an image, and back.
enum AlarmImage {
    /// Settings that `input` asks for; what AWS fills in by itself stands as it will be found.
    static func value(of input: CloudWatch.PutMetricAlarmInput) -> Value {
        var alarm = CloudWatch.MetricAlarm(alarmName: input.alarmName, stateValue: "")
        alarm.alarmDescription = input.alarmDescription
        alarm.actionsEnabled = input.actionsEnabled
        alarm.alarmActions = input.alarmActions
        alarm.okActions = input.okActions
        alarm.insufficientDataActions = input.insufficientDataActions
        alarm.metricName = input.metricName
        alarm.namespace = input.namespace
        alarm.statistic = input.statistic
        alarm.extendedStatistic = input.extendedStatistic
        alarm.dimensions = input.dimensions
        alarm.period = input.period
        alarm.unit = input.unit
        alarm.evaluationPeriods = input.evaluationPeriods
        alarm.datapointsToAlarm = input.datapointsToAlarm
        alarm.threshold = input.threshold
        alarm.comparisonOperator = input.comparisonOperator
        alarm.treatMissingData = input.treatMissingData
        return value(of: alarm)
    }

    /// Settings of `alarm`.
    static func value(of alarm: CloudWatch.MetricAlarm) -> Value {
        let dimensions = (alarm.dimensions ?? []).map { ($0.name, Value.string($0.value)) }
        return [
            "description": text(alarm.alarmDescription), "enabled": .bool(alarm.actionsEnabled ?? true),
            "alarm_actions": list(alarm.alarmActions), "ok_actions": list(alarm.okActions),
            "no_data_actions": list(alarm.insufficientDataActions), "metric": text(alarm.metricName),
            "namespace": text(alarm.namespace), "statistic": text(alarm.statistic),
            "percentile": text(alarm.extendedStatistic),
            "dimensions": .object(Dictionary(dimensions, uniquingKeysWith: { $1 })),
            "period": number(alarm.period), "unit": text(alarm.unit), "periods": number(alarm.evaluationPeriods),
            "breaching": number(alarm.datapointsToAlarm),
            // Why as text: 80 and 80.0 are one threshold to AWS and two to an image.
            "threshold": alarm.threshold.map { .string("\($0)") } ?? .null,
            "comparison": text(alarm.comparisonOperator), "missing": .string(alarm.treatMissingData ?? "missing"),
        ]
    }

    /// The call that makes alarm `name` as `image` has it.
    static func input(_ name: String, _ image: Value) -> CloudWatch.PutMetricAlarmInput {
        var input = CloudWatch.PutMetricAlarmInput(
            alarmName: name,
            evaluationPeriods: image["periods"].integer.map { Int($0) } ?? 1,
            comparisonOperator: image["comparison"].string ?? ""
        )
        input.alarmDescription = image["description"].string
        input.actionsEnabled = image["enabled"].bool
        input.alarmActions = texts(image["alarm_actions"])
        input.okActions = texts(image["ok_actions"])
        input.insufficientDataActions = texts(image["no_data_actions"])
        input.metricName = image["metric"].string
        input.namespace = image["namespace"].string
        input.statistic = image["statistic"].string
        input.extendedStatistic = image["percentile"].string
        input.dimensions = (image["dimensions"].object ?? [:]).sorted { $0.key < $1.key }
            .map { .init(name: $0.key, value: $0.value.interpolated) }
        input.period = image["period"].integer.map { Int($0) }
        input.unit = image["unit"].string
        input.datapointsToAlarm = image["breaching"].integer.map { Int($0) }
        input.threshold = image["threshold"].string.flatMap { Double($0) }
        input.treatMissingData = image["missing"].string
        return input
    }

    private static func text(_ text: String?) -> Value { text.map { .string($0) } ?? .null }

    private static func number(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }

    private static func list(_ texts: [String]?) -> Value { .array((texts ?? []).sorted().map { .string($0) }) }

    private static func texts(_ value: Value) -> [String] { (value.array ?? []).compactMap(\.string) }
}
