import MigrateCore
import Testing

@testable import Steps

@Suite("Panels of dashboards")
struct GrafanaPanelTests {
    private static let sources: [Value] = [
        ["uid": "m", "name": "Mimir", "type": "prometheus", "isDefault": true],
        ["uid": "l", "name": "Loki", "type": "loki", "isDefault": false],
    ]

    private static func panels(_ json: String) throws -> [GrafanaPanel] {
        GrafanaPanel.all(in: try Value(parsing: json), sources: sources)
    }

    @Test func rowsAreOpenedAndPanelsWithoutQueriesLeftOut() throws {
        let panels = try Self.panels(
            """
            {"panels": [
                {"id": 1, "type": "text", "title": "Words"},
                {"id": 2, "type": "row", "title": "Row", "panels": [
                    {"id": 3, "title": "Inside", "targets": [{"refId": "A", "expr": "up"}]}]},
                {"id": 4, "targets": [{"expr": "a", "hide": true}, {"expr": "b"}], "datasource": "Loki"},
                {"id": 5, "title": "Other panel", "datasource": {"uid": "-- Dashboard --"}, "targets": [{"refId": "A"}]}]}
            """
        )
        #expect(panels.map(\.title) == ["Inside", "panel 4"])
        #expect(panels[0].queries.map { $0["datasource"]["uid"] } == ["m"])
        #expect(panels[1].queries.map { $0["datasource"] } == [["uid": "l", "type": "loki"]])
        #expect(panels[1].queries.map { $0["refId"] } == ["A1"])
    }

    @Test(arguments: [
        ("up{job=\"$job\"}", "up{job=\"(a|b)\"}"), ("${job:regex}", "(a|b)"), ("[[one]]", "x"), ("${all}", ".*"),
        ("rate(x[$__rate_interval])", "rate(x[$__rate_interval])"), ("$jobs", "$jobs"), ("plain", "plain"),
    ])
    func variablesOfTheDashboardAreFilledIn(text: String, filled: String) throws {
        let variables = ["job": "(a|b)", "one": "x", "all": ".*"]
        #expect(GrafanaPanel.filled(.string(text), variables) == .string(filled))
    }

    @Test func aVariableMayNameTheDataSource() throws {
        let panels = try Self.panels(
            """
            {"templating": {"list": [
                {"name": "source", "type": "datasource", "current": {"value": "Loki"}},
                {"name": "job", "type": "query", "current": {"value": ["a", "b"]}},
                {"name": "tenant", "type": "query", "current": {"value": "$__all"}, "allValue": ".+"}]},
             "panels": [{"id": 1, "title": "$job", "datasource": {"uid": "${source}"},
                "targets": [{"refId": "A", "expr": "{job=~\\"$job\\",tenant=~\\"$tenant\\"}"},
                    {"refId": "B", "datasource": {"uid": "__expr__"}, "expression": "A"}]}]}
            """
        )
        let panel = try #require(panels.first)
        #expect(panel.title == "(a|b)")
        #expect(panel.queries.map { $0["datasource"]["uid"] } == ["l", "__expr__"])
        #expect(panel.queries[0]["expr"] == "{job=~\"(a|b)\",tenant=~\".+\"}")
    }
}
