import AWSClient
import MigrateCore

/// Whether no alarm rings.
struct AlarmsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "cloudwatch.alarms_ok",
        role: .probe,
        summary: "CloudWatch alarms exist and are OK; one without data is inconclusive unless allowed",
        parameters: [
            .optional("names", .list(.string), "Names of alarms, composite ones too"),
            .optional("prefix", .string, example: "lgtm-", "Beginning of the names, in place of a list"),
            .optional(
                "allow_insufficient_data",
                .boolean,
                default: false,
                "Whether an alarm without data counts as OK"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["cloudwatch:DescribeAlarms"], on: "*", mutates: false)],
        facts: ["alarms": "state by name", "in_alarm": "names of those that ring"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: no-alarm
              probe: cloudwatch.alarms_ok
              with: {names: [lgtm-5xx, lgtm-latency]}
            """
    )

    private let names: [String]
    private let prefix: String?
    private let allowsInsufficientData: Bool

    init(_ parameters: Parameters) throws {
        names = try parameters.strings("names")
        prefix = try parameters.stringIfGiven("prefix")
        allowsInsufficientData = try parameters.boolean("allow_insufficient_data")
        guard names.isEmpty != (prefix == nil) else {
            throw ParameterError("names", "or `prefix` must be given, and not both")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await states(world)
        let missing = names.filter { found[$0] == nil }
        let ringing = found.filter { $0.value.state == "ALARM" }.keys.sorted()
        let silent = found.filter { $0.value.state != "ALARM" && $0.value.state != "OK" }.keys.sorted()
        let facts: [String: Value] = [
            "alarms": .object(found.mapValues { .string($0.state) }),
            "in_alarm": .array(ringing.map { .string($0) }),
        ]
        let verdict: Verdict
        if !ringing.isEmpty {
            let words = ringing.map { "`\($0)` (\(found[$0]?.reason ?? "no reason given"))" }
            verdict = .fail("in alarm: \(words.joined(separator: ", "))")
        } else if !missing.isEmpty {
            verdict = .fail("no alarm \(missing.map { "`\($0)`" }.joined(separator: ", "))")
        } else if found.isEmpty {
            verdict = .fail("no alarm whose name begins with `\(prefix ?? "")`")
        } else if !silent.isEmpty, !allowsInsufficientData {
            verdict = .inconclusive("no data for \(silent.map { "`\($0)`" }.joined(separator: ", "))")
        } else {
            verdict = .pass("\(found.count) alarms OK")
        }
        return Observation(verdict, facts: facts)
    }

    private func states(_ world: World) async throws -> [String: (state: String, reason: String?)] {
        var found: [String: (state: String, reason: String?)] = [:]
        var batches: [[String]?] = [nil]
        if !names.isEmpty {
            // Why 100: as many names as DescribeAlarms takes.
            batches = stride(from: 0, to: names.count, by: 100).map { Array(names[$0..<min($0 + 100, names.count)]) }
        }
        for batch in batches {
            var input = CloudWatch.DescribeAlarmsInput()
            input.alarmNames = batch
            input.alarmNamePrefix = prefix
            input.alarmTypes = ["MetricAlarm", "CompositeAlarm"]
            repeat {
                let request = input
                let page = try await world.call("cloudwatch:DescribeAlarms") {
                    try await world.aws.cloudWatch.describeAlarms(request)
                }
                for alarm in page.metricAlarms { found[alarm.alarmName] = (alarm.stateValue, alarm.stateReason) }
                for alarm in page.compositeAlarms { found[alarm.alarmName] = (alarm.stateValue, alarm.stateReason) }
                // Why compared: a service that hands out the same page for ever must not hold the step for ever.
                input.nextToken = page.nextToken == request.nextToken ? nil : page.nextToken
            } while input.nextToken != nil
        }
        return found
    }
}
