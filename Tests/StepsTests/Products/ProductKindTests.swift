import MigrateCore
import Network
import Testing

@testable import Steps

/// Kinds that speak to the products of the stack, against scripted answers.
@Suite struct ProductKindTests {
    private let scope = StepScope(step: StepID("s"), token: "t")

    private func ask(_ kind: String, _ parameters: Value, _ script: [ScriptedHTTP.Exchange]) async -> Verdict {
        let http = ScriptedHTTP(script)
        let answer = await LiveStepExecutor(world: .staged(http: http)).probe(
            ProbeCall(kind: kind, parameters: parameters),
            in: scope
        ).answer
        #expect(http.isOver)
        return answer.verdict
    }

    @Test(arguments: [
        ("ok", "inactive", "pass"), ("err", "inactive", "fail"), ("unknown", "inactive", "inconclusive"),
        ("ok", "firing", "fail"),
    ]) func rulesMustBeEvaluatedAndQuiet(health: String, state: String, word: String) async {
        let rule = #"{"name":"Down","health":"\#(health)","state":"\#(state)"}"#
        let body = #"{"status":"success","data":{"groups":[{"rules":[\#(rule)]}]}}"#
        let verdict = await ask(
            "prometheus.rules",
            ["url": "http://p", "names": ["Down"], "quiet": ["Down"]],
            [.ok("GET http://p/api/v1/rules", body)]
        )
        #expect(verdict.word == word)
    }

    @Test func answersAreComparedSeriesBySeries() {
        var comparison = SeriesComparison(tolerance: 0.02)
        comparison.compare(["a": 100, "b": 1, "c": 0], ["a": 101, "b": 1.5, "d": 1, "c": 0], query: "q")
        #expect(comparison.compared == 3)
        #expect(
            comparison.differences == [
                "`q`: b is 1.0 on the old side, 1.5 on the new", "`q`: the old side lacks d",
            ]
        )
    }

    @Test func nothingOnBothSidesIsNoParity() async {
        let empty = #"{"status":"success","data":{"resultType":"vector","result":[]}}"#
        let http = AnsweringHTTP { _ in HTTPResponse(status: 200, body: Array(empty.utf8)) }
        var world = World.staged()
        world.http = http
        let answer = await LiveStepExecutor(world: world).probe(
            ProbeCall(kind: "query.parity", parameters: ["old": "http://a", "new": "http://b", "queries": ["up"]]),
            in: scope
        ).answer
        #expect(answer.verdict.word == "inconclusive")
    }

    /// Takes an action forward and back; returns what came of each.
    private func roundTrip(_ kind: String, _ parameters: Value, _ http: any HTTPClient) async throws -> (Value, Change)
    {
        var world = World.staged()
        world.http = http
        let executor = LiveStepExecutor(world: world)
        let call = ActionCall(kind: kind, parameters: parameters, effect: .reconcilable)
        let prepared = await executor.prepare(call, in: scope).answer
        guard case .change(let change) = prepared else { throw Problem("\(prepared)") }
        let performed = await executor.perform(change, in: scope).answer
        guard case .applied(let receipt) = performed else { throw Problem("\(performed)") }
        let settled = await executor.settle(change, receipt: receipt, in: scope).answer
        guard case .settled(let after, _) = settled else { throw Problem("\(settled)") }
        let way = await executor.prepareReturn(of: change, acceptable: [after], target: change.from, in: scope).answer
        guard case .change(let back) = way else { throw Problem("\(way)") }
        guard case .applied = await executor.perform(back, in: scope).answer else { throw Problem("not taken back") }
        let home = await executor.settle(back, receipt: .null, in: scope).answer
        guard case .settled(let found, _) = home else { throw Problem("\(home)") }
        return (found, change)
    }

    @Test func anAnnotationIsMadeOnceAndDeleted() async throws {
        let row = #"[{"id":7,"text":"moved","tags":["migrate","migrate:t"]}]"#
        let made = ScriptedHTTP([
            .ok("GET http://g/api/annotations?tags=migrate%3At&limit=1", "[]"),
            .ok("POST http://g/api/annotations", #"{"id":7}"#),
            .ok("GET http://g/api/annotations?tags=migrate%3At&limit=1", row),
            .ok("GET http://g/api/annotations?tags=migrate%3At&limit=1", row), .ok("DELETE http://g/api/annotations/7"),
            .ok("GET http://g/api/annotations?tags=migrate%3At&limit=1", "[]"),
        ])
        let (home, _) = try await roundTrip("grafana.annotate", ["url": "http://g", "text": "moved"], made)
        #expect(home.isNull)
    }

    @Test func aSilenceIsMadeForATimeAndEnded() async throws {
        let silence = #"[{"id":"x","comment":"why (migrate t)","status":{"state":"active"},"endsAt":"z"}]"#
        let http = ScriptedHTTP([
            .ok("GET http://a/api/v2/silences", "[]"), .ok("POST http://a/api/v2/silences", #"{"silenceID":"x"}"#),
            .ok("GET http://a/api/v2/silences", silence), .ok("GET http://a/api/v2/silences", silence),
            .ok("DELETE http://a/api/v2/silence/x"),
            .ok("GET http://a/api/v2/silences", silence.replacing("active", with: "expired")),
        ])
        let given: Value = ["url": "http://a", "matchers": ["service=~\"a|b\""], "for": "2h", "comment": "why"]
        let (home, _) = try await roundTrip("alertmanager.silence", given, http)
        #expect(home.isNull)
        let body = try Value(parsing: http.lastBody)
        #expect(body["matchers"] == [["name": "service", "value": "a|b", "isRegex": true, "isEqual": true]])
        #expect(
            body["endsAt"] == "2026-01-13T02:00:00Z" || body["endsAt"].string?.hasPrefix("2026-01-13T02:00") == true
        )
    }

    @Test(arguments: [("a=\"b\"", "a=\"b\""), ("a!=b", "a!=\"b\""), ("a!~\"x\"", "a!~\"x\"")])
    func matchersAreReadAsTheyAreWritten(text: String, canonical: String) {
        #expect(AlertMatcher(text)?.text == canonical)
    }

    @Test(arguments: ["", "a", "=b", "a b=c", "a=\"b"]) func whatIsNoMatcherIsRefused(text: String) {
        #expect(AlertMatcher(text) == nil)
    }

    /// What Mimir says of itself: series in memory, and since when a block is not in storage.
    private static func metrics(_ series: Int, since oldest: Int) -> String {
        "# TYPE cortex_ingester_memory_series gauge\ncortex_ingester_memory_series \(series)\n"
            + "cortex_ingester_memory_series_created_total{user=\"a\"} 9\n"
            + "cortex_ingester_oldest_unshipped_block_timestamp_seconds \(oldest)\n"
    }

    @Test func aFlushReachesEveryInstanceAndSaysWhatIsHeld() async throws {
        let hourAgo = Int(World.staged().now().milliseconds / 1000) - 3600
        let http = ScriptedHTTP([
            .ok("GET http://a/metrics", Self.metrics(40, since: 0)),
            .ok("GET http://b/metrics", Self.metrics(2, since: hourAgo)),
            .ok("POST http://a/ingester/flush?wait=true", status: 204),
            .ok("POST http://b/ingester/flush?wait=true", status: 204),
            .ok("GET http://a/metrics", Self.metrics(0, since: 0)), .ok("GET http://b/metrics", status: 503),
        ])
        var world = World.staged()
        world.http = http
        let executor = LiveStepExecutor(world: world)
        let parameters: Value = ["url": "http://a", "instances": ["http://a", "http://b"]]
        let call = ActionCall(kind: "mimir.flush", parameters: parameters, effect: .convergent)
        let prepared = await executor.prepare(call, in: scope)
        guard case .change(let change) = prepared.answer else {
            Issue.record("no change")
            return
        }
        // Held is no image: a digest that people agreed to must not change with every second.
        #expect(change.from.isNull && change.to == ["flushed": 2])
        #expect(
            prepared.evidence.compactMap { $0.facts[Evidence.atRisk].string }
                == ["Mimir: 42 series, blocks not in storage for 1h"]
        )
        let performed = await executor.perform(change, in: scope)
        guard case .applied = performed.answer else {
            Issue.record("not applied")
            return
        }
        #expect(
            performed.evidence.compactMap { $0.facts[Evidence.atRisk].string }
                == ["Mimir: not known: `http://b/metrics` answered 503: "]
        )
        #expect(http.isOver)
    }

    private static let tasks = "mimir.lgtm.local"

    private func flushByName(_ answer: DNSAnswer, atLeast: Int, _ http: ScriptedHTTP) async -> Finding<PerformOutcome>?
    {
        var world = World.staged()
        world.http = http
        world.dns = ScriptedDNS(["\(Self.tasks) a 10.0.0.2:53": .success(answer)])
        let executor = LiveStepExecutor(world: world)
        let parameters: Value = [
            "url": .string("http://\(Self.tasks):8080"), "server": "10.0.0.2:53", "at_least": .integer(Int64(atLeast)),
        ]
        let call = ActionCall(kind: "mimir.flush", parameters: parameters, effect: .convergent)
        guard case .change(let change) = await executor.prepare(call, in: scope).answer else { return nil }
        #expect(change.summary == "flush Mimir on every instance of \(Self.tasks)")
        return await executor.perform(change, in: scope)
    }

    @Test func tasksAreThoseThatTheNameHasWhenTheyAreFlushed() async throws {
        let url = "http://\(Self.tasks):8080"
        let flush = "POST \(url)/ingester/flush?wait=true"
        let metrics = ScriptedHTTP.Exchange.ok("GET \(url)/metrics", Self.metrics(1, since: 0))
        let http = ScriptedHTTP([metrics, metrics, .ok(flush, status: 204), .ok(flush, status: 204), metrics, metrics])
        let performed = await flushByName(.addresses(["10.0.1.5", "10.0.2.7"]), atLeast: 1, http)
        guard case .applied(let receipt)? = performed?.answer else {
            Issue.record("not applied: \(String(describing: performed?.answer))")
            return
        }
        #expect(receipt == ["instances": 2])
        let targets = http.seen.filter { $0.method == "POST" }.map(\.connectTo)
        #expect(targets == ["10.0.1.5", "10.0.2.7"].map { ConnectTarget(host: $0, port: 8080) })
    }

    @Test func aNameWithoutTasksIsNothingToFlushOnlyWhereThatIsSaid() async throws {
        let allowed = await flushByName(.noName(negativeTTL: 1), atLeast: 0, ScriptedHTTP())
        guard case .applied(let receipt)? = allowed?.answer else {
            Issue.record("not applied: \(String(describing: allowed?.answer))")
            return
        }
        #expect(receipt == ["instances": 0])
        let refused = await flushByName(.noData(negativeTTL: 1), atLeast: 1, ScriptedHTTP())
        guard case .notApplied(let problem, isTransient: true)? = refused?.answer else {
            Issue.record("not refused: \(String(describing: refused?.answer))")
            return
        }
        #expect(problem.message == "`mimir.lgtm.local` has 0 addresses, and at least 1 must be asked")
    }

    @Test(
        arguments: [
            ("a 3\na{b=\"} 7\"} 4 1700000000000\n", [3, 4]), ("ab 3\n# HELP a 5\n", []), ("a NaN\na{} +Inf\n", []),
            ("a{x=\"y\"}5\r\na\t6", [5, 6]),
        ] as [(String, [Double])]
    ) func aMetricIsReadWhateverItsLabels(text: String, samples: [Double]) {
        #expect(HeldInMemory.samples(of: "a", in: text) == samples)
    }

    @Test(arguments: [
        ("loki.flush", "/flush", "loki_ingester_memory_chunks 12", "Loki: 12 chunks"),
        ("tempo.flush", "/flush", "other 1", "Tempo: live traces not told (`tempo_ingester_live_traces` is missing)"),
    ]) func eachStoreTellsOfWhatItHolds(kind: String, path: String, metrics: String, words: String) async {
        var world = World.staged()
        world.http = ScriptedHTTP([.ok("GET http://a/metrics", metrics)])
        let call = ActionCall(kind: kind, parameters: ["url": "http://a"], effect: .convergent)
        let found = await LiveStepExecutor(world: world).prepare(call, in: scope)
        #expect(found.evidence.compactMap { $0.facts[Evidence.atRisk].string } == [words])
    }

    @Test(arguments: [(404, false), (503, true)]) func aRefusedMessageIsOnRecord(status: Int, mayHaveCome: Bool) async {
        let http = ScriptedHTTP([.ok("POST https://hooks.slack.com/x", status: status, "no_service")])
        let secrets = [SecretDeclaration(name: "slack", source: .environment(variable: "SLACK"))]
        var world = World.staged(environment: ["SLACK": "https://hooks.slack.com/x"])
        world.http = http
        let scope = StepScope(step: StepID("s"), secrets: secrets, token: "t")
        let executor = LiveStepExecutor(world: world)
        let parameters: Value = ["webhook": "${secrets.slack}", "message": "hello"]
        let call = ActionCall(kind: "slack.notify", parameters: parameters, effect: .nonIdempotent)
        guard case .change(let change) = await executor.prepare(call, in: scope).answer else {
            Issue.record("no change")
            return
        }
        let finding = await executor.perform(change, in: scope)
        #expect(
            !finding.evidence.contains { $0.facts.text.contains("hooks.slack") || $0.subject.contains("hooks.slack") }
        )
        let isUnknown = if case .unknown = finding.answer { true } else { false }
        let isRefused = if case .notApplied = finding.answer { true } else { false }
        #expect(isUnknown == mayHaveCome && isRefused == !mayHaveCome)
    }

    @Test func aBackupHoldsEveryDashboard() async throws {
        let files = KeptFiles()
        let http = ScriptedHTTP([
            .ok("GET http://g/api/search?type=dash-db&limit=1000&page=1", #"[{"uid":"a/b","title":"A"}]"#),
            .ok("GET http://g/api/dashboards/uid/a%2Fb", #"{"dashboard":{"title":"A"}}"#),
            .ok("GET http://g/api/folders?limit=1000", "[]"), .ok("GET http://g/api/datasources", "[]"),
        ])
        let executor = LiveStepExecutor(world: .staged(http: http, files: files))
        let call = ActionCall(
            kind: "grafana.backup",
            parameters: ["url": "http://g", "directory": "backup"],
            effect: .convergent
        )
        guard case .change(let change) = await executor.prepare(call, in: scope).answer else {
            Issue.record("no change")
            return
        }
        #expect(await executor.perform(change, in: scope).answer == .applied(receipt: ["dashboards": 1, "files": 3]))
        #expect(files.text("/runbook/backup/dashboards/a_b.json")?.contains("\"A\"") == true)
    }
}
