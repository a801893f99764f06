import MigrateCore
import RunbookYAML
import Testing

@Suite("Sheets of costs")
struct CostReaderTests {
    private static let variables: [String: Value] = [
        "components": [
            ["name": "mimir", "tasks": 3, "cpu": 1024, "memory": 2048],
            ["name": "loki", "tasks": 1, "cpu": 512, "memory": 1024],
        ],
        "gigabytes": "12",
    ]

    @Test func loopsAndVariablesBecomeItems() throws {
        let sheet = try CostReader.read(
            text: """
                about: {en: why, ko: 이유}
                document: {mimir: 270, total: 560}
                items:
                  - name: "${c.name}"
                    for_each: {c: "${components}"}
                    fargate: {tasks: "${c.tasks}", cpu: "${c.cpu}", memory: "${c.memory}", disk: "${gigabytes}0"}
                  - name: logs
                    uses: {cloudwatch.logs_gb: "${gigabytes}"}
                """,
            file: "costs.yaml",
            variables: Self.variables
        )
        #expect(sheet.document == 560)
        #expect(sheet.about?.text(in: "ko") == "이유")
        #expect(sheet.items.map(\.name) == ["mimir", "loki", "logs"])
        #expect(sheet.items.map(\.document) == [270, nil, nil])
        #expect(
            sheet.items[0].uses == [
                "fargate.vcpu_hour": 3 * 730, "fargate.gb_hour": 6 * 730, "fargate.disk_gb_hour": 3 * 100 * 730,
            ]
        )
        #expect(sheet.items[2].uses == ["cloudwatch.logs_gb": 12])
    }

    @Test func everyMistakeIsReportedAtItsPlace() {
        let text = """
            document: {lokki: 1, total: much}
            items:
              - name: loki
                uses: {ecr.gb: "${nothing}"}
              - uses: {ecr.gb: 1}
              - name: empty
              - name: tempo
                fargate: {tasks: 1, cpu: -1, disk: large}
                price: 3
            """
        do throws(Diagnostics) {
            _ = try CostReader.read(text: text, file: "costs.yaml", variables: [:])
            Issue.record("it was taken")
        } catch {
            #expect(
                error.all.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.message)" } == [
                    "1:12 there is no item `lokki`",
                    "1:29 `total` must be a number from 0 on, not `much`",
                    "4:20 nothing is known as `nothing`",
                    "5:5 an item needs a `name`",
                    "6:5 `empty` uses nothing",
                    "8:14 `fargate` needs `memory`",
                    "8:30 `cpu` must be a number from 0 on, not `-1`",
                    "8:40 `disk` must be a number from 0 on, not `large`",
                    "9:5 an item has no `price`",
                ]
            )
        }
    }
}
