import MigrateCore
import RunbookYAML

/// A small catalog with one kind for each thing a kind may be.
enum Fixtures {
    static let kinds = KindTable([
        kind(
            "ecr.repository",
            .action,
            [
                .required("name", .string, "name of the repository"),
                .optional("scan_on_push", .boolean, default: false, "whether images are scanned"),
            ],
            facts: ["uri": "where images are pushed to"]
        ),
        kind("ecr.repository", .probe, [.required("name", .string, "name of the repository")]),
        kind(
            "s3.write",
            .probe,
            [
                .required("bucket", .string, "bucket"), .optional("prefix", .string, "where the canary is put"),
            ],
            facts: ["key": "key of the canary"]
        ),
        kind(
            "http",
            .probe,
            [
                .required("url", .string, "address"), .optional("expect", .expression, "what must hold"),
                .optional("timeout", .duration, default: "10s", "longest wait for the answer"),
            ],
            facts: ["status": "status code"]
        ),
        kind(
            "slack.notify",
            .action,
            [.required("webhook", .string, "address of the webhook"), .required("message", .string, "message")],
            rollback: .notNeeded,
            notice: .text("message")
        ),
        kind(
            "webhook.post",
            .action,
            [.required("url", .string, "address"), .required("body", .any, "body")],
            rollback: .notNeeded,
            notice: .fields("body")
        ),
        kind("exec", .action, [.required("command", .list(.string), "program and arguments")], rollback: .none),
        kind(
            "traffic.weights",
            .action,
            [
                .required("weight", .percent, "share of the new side"),
                .optional("target", .mapping, "where the new side is"),
            ],
            facts: ["change": "id of the change"]
        ),
        kind(
            "traffic.shift",
            .action,
            [
                .required("weights", .list(.percent), "shares one after the other"),
                .optional("soak", .duration, default: "5m", "wait after each share"),
                .optional("target", .mapping, "where the new side is"),
            ],
            expand: shift
        ),
        kind("traffic.end", .action, [], partOf: "traffic.shift"),
    ])

    private static func kind(
        _ name: String,
        _ role: KindDeclaration.Role,
        _ parameters: [ParameterDeclaration],
        rollback: RollbackSupport = .captured,
        facts: [String: String] = [:],
        expand: (@Sendable (Value) throws -> [KindDeclaration.Part])? = nil,
        partOf: String? = nil,
        notice: KindDeclaration.NoticeForm? = nil
    ) -> KindDeclaration {
        KindDeclaration(
            name: name,
            role: role,
            summary: name,
            parameters: parameters,
            effect: role == .probe ? .readOnly : .reconcilable,
            rollback: role == .probe ? .notNeeded : rollback,
            facts: facts,
            source: "",
            example: "",
            expand: expand,
            partOf: partOf,
            notice: notice
        )
    }

    @Sendable private static func shift(_ parameters: Value) throws -> [KindDeclaration.Part] {
        var parts = [
            KindDeclaration.Part(
                name: "convert",
                title: "Weighted, all on the old side",
                work: .action(kind: "traffic.weights"),
                parameters: ["weight": 0, "target": parameters["target"]],
                traffic: .home
            )
        ]
        for weight in parameters["weights"].array ?? [] {
            let text = weight.text
            parts.append(
                KindDeclaration.Part(
                    name: "w\(text)",
                    title: LocalizedText("\(text) %"),
                    work: .action(kind: "traffic.weights"),
                    parameters: ["weight": weight],
                    traffic: .away
                )
            )
            parts.append(
                KindDeclaration.Part(
                    name: "settle-\(text)",
                    title: "Settled",
                    work: .probe(kind: "http"),
                    parameters: ["url": .string("https://dns/${part.w\(text).change}")],
                    retry: .waiting
                )
            )
            parts.append(
                KindDeclaration.Part(
                    name: "soak-\(text)",
                    title: "Soak",
                    work: .soak(parameters["soak"].interpolated),
                    parameters: [:]
                )
            )
        }
        parts.append(
            KindDeclaration.Part(name: "end", title: "Ended", work: .action(kind: "traffic.end"), parameters: [:])
        )
        return parts
    }

    /// Takes every expression but those with `BAD`, and patterns that are a fixed beginning.
    struct Checker: ExpressionChecker {
        func check(_ expressions: [Expression]) -> [Diagnostic] {
            expressions.filter { $0.text.contains("BAD") }.map {
                Diagnostic("`\($0.text)` is not a jq expression", at: $0.location, length: $0.text.count)
            }
        }

        func matches(_ text: String, pattern: String) -> Bool? {
            pattern.hasPrefix("^") ? text.hasPrefix(String(pattern.dropFirst())) : nil
        }
    }

    /// Plans `text` with the small catalog.
    static func plan(_ text: String, values: [String: SourceValue] = [:]) throws(Diagnostics) -> Plan {
        try RunbookReader.plan(
            text: text,
            file: "runbook.yaml",
            environmentName: "test",
            values: values,
            catalog: kinds,
            expressions: Checker()
        ).plan
    }

    /// What `migrate validate` would print of the mistakes in `text`; empty when there are none.
    static func messages(_ text: String, values: [String: SourceValue] = [:]) -> String {
        do throws(Diagnostics) {
            _ = try plan(text, values: values)
            return ""
        } catch {
            return error.all.map { $0.rendered(source: text, in: .english) }.joined(separator: "\n")
        }
    }

    /// A runbook that uses every part of the format.
    static let good = """
        migrate: 1
        runbook: lgtm-fargate
        title: {en: LGTM stack from EC2 to ECS Fargate, ko: LGTM 스택 EC2 → ECS Fargate 마이그레이션}
        variables:
          vpc_id: {default: vpc-1, pattern: "^vpc-", about: VPC that the tasks run in}
          bucket: {default: "lgtm-${vpc_id}"}
          components: {default: [{name: mimir, port: 8080}, {name: loki, port: 3100}]}
        secrets:
          grafana_token: {env: GRAFANA_TOKEN}
          database: {secretsmanager: "${bucket}/database", key: password}
          slack: {ssm: /lgtm/slack}
        approvals:
          cutover: {min: 2, not_initiator: true, expires: 60m}
        phases:
          - id: phase-1
            title: {en: Preparation, ko: 준비}
            planned: 1d
            steps:
              - id: repositories
                title: Repository of ${component.name}
                for_each: {component: "${components}"}
                do: ecr.repository
                with: {name: "lgtm/${component.name}", scan_on_push: true}
                rollback: keep
              - id: bucket-writable
                probe: s3.write
                with: {bucket: "${bucket}", prefix: migrate-canary/}
                retry: {attempts: 5}
                capture: {canary: .key}
              - id: image-pushed
                for_each: {component: "${components}"}
                probe: http
                with:
                  url: "https://${steps.repositories.${component.name}.uri}:${component.port}/${canary}"
                  expect: >-
                    .status == 200 and
                    .headers["x-token"] != "$${literal}"
                when: .canary != null
              - id: agents
                manual: {en: "Restart the agents of ${bucket}", ko: "${bucket} 에이전트를 다시 시작"}
                needs: [bucket-writable]
              - id: settle
                soak: 5m
                needs: [agents, image-pushed]
          - id: phase-5
            requires: {rollback: ready, verified_within: 30m}
            steps:
              - id: approve
                confirm: cutover
              - id: shift
                title: Shift
                do: traffic.shift
                with: {weights: [10, 100], target: {name: new}}
                watch:
                  - {probe: http, with: {url: "https://x/?t=${secrets.grafana_token}", expect: ".status == 200"}}
                verify:
                  - {probe: http, with: {url: "https://y"}, retry: {for: 10m, every: 5s, at_most: 30s}, advisory: true}
                window: Sat 01:00-05:00 Asia/Seoul
              - id: give-up-old
                confirm: cutover
              - id: stop-old
                do: exec
                with: {command: [stop, "${bucket}"]}
                rollback: {none: the old side is gone}
                point_of_no_return:
                  cost: {en: "What was written to ${bucket} since is lost", ko: "${bucket}에 쓴 데이터를 잃음"}
                  measure: [{probe: http, with: {url: "https://z"}}]
                on_failure: pause
                timeout: 20m
                run_in: local
        """
}

extension LocalizedText: ExpressibleByStringLiteral {
    /// Makes a text that has only one form.
    public init(stringLiteral text: String) { self.init(text) }
}
