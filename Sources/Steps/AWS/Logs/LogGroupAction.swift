import MigrateCore

/// Makes a log group and sets its retention, each by a part of its own.
struct LogGroupAction: CompositeKind {
    static let declaration = KindDeclaration(
        name: "logs.group",
        role: .action,
        summary: "Makes a CloudWatch log group and sets how long it keeps its events, one part each",
        parameters: LogBareGroupAction.declaration.parameters + [
            .optional(
                "retention_days",
                .integer,
                unit: "days",
                example: 30,
                "Days that events are kept; left out, the retention is not touched"
            )
        ],
        effect: .reconcilable,
        rollback: .keep,
        undo: "each part's own: group and retention as found",
        reconciliation: "each part by itself",
        permissions: LogBareGroupAction.declaration.permissions + [
            Permission(
                ["logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"],
                on: LogGroupState.resource,
                mutates: true
            )
        ],
        facts: ["arn": "ARN of the log group", "name": "its name"],
        source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-logs
              do: logs.group
              with: {name: /ecs/lgtm/mimir, retention_days: 30}
            """,
        expand: { parts(of: $0) }
    )

    private static func parts(of parameters: Value) -> [KindDeclaration.Part] {
        let name = parameters["name"]
        let own = (parameters.object ?? [:]).filter { $0.key != "retention_days" }
        var parts = [
            KindDeclaration.Part(
                name: "group",
                title: LocalizedText("Log group \(name.interpolated)", ko: "로그 그룹 \(name.interpolated)"),
                work: .action(kind: "logs.bare_group"),
                parameters: .object(own)
            )
        ]
        let days = parameters["retention_days"]
        if !days.isNull {
            parts.append(
                KindDeclaration.Part(
                    name: "retention",
                    title: LocalizedText("Retention of \(name.interpolated)", ko: "\(name.interpolated) 보존 기간"),
                    work: .action(kind: "logs.retention"),
                    parameters: ["group": name, "days": days]
                )
            )
        }
        return parts
    }
}
