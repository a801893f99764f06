import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct ProbeTests {
    private func ask(_ kind: String, _ parameters: Value, _ world: World) async -> ProbeAnswer {
        await LiveStepExecutor(world: world).probe(
            ProbeCall(kind: kind, parameters: parameters),
            in: StepScope(step: StepID("s"))
        ).answer
    }

    private func asked(_ kind: String, _ parameters: Value, _ script: [ScriptedHTTP.Exchange]) async -> Verdict {
        let http = ScriptedHTTP(script)
        let verdict = await ask(kind, parameters, .staged(http: http)).verdict
        #expect(http.isOver)
        return verdict
    }

    @Test(arguments: [(200, "pass"), (204, "pass"), (301, "fail"), (503, "fail")]) func statusDecidesWithoutExpectation(
        status: Int,
        word: String
    ) async {
        let verdict = await asked("http", ["url": "http://a/"], [.ok("GET http://a/", status: status)])
        #expect(verdict.word == word)
    }

    @Test func noAnswerIsAnErrorNotAFailure() async {
        let failure = HTTPFailure(reason: .refused, message: "Connection refused", mayHaveSent: false)
        let verdict = await asked("http", ["url": "http://a/"], [.failed("GET http://a/", failure)])
        #expect(verdict.word == "error")
    }

    @Test(arguments: [
        (#".json.database == "ok""#, "pass"), (".status == 500", "fail"), (".json.nosuch", "inconclusive"),
        (".json.database", "error"), (#".headers["x-a"] == "1""#, "pass"),
    ]) func expectationsSeeTheWholeAnswer(expression: String, word: String) async {
        let verdict = await asked(
            "http",
            ["url": "http://a/", "expect": .string(expression)],
            [.ok("GET http://a/", headers: [HTTPField("x-a", "1")], #"{"database":"ok"}"#)]
        )
        #expect(verdict.word == word)
    }

    @Test func aRequestGoesWhereItIsTold() async {
        let http = ScriptedHTTP([.ok("POST https://a/")])
        _ = await ask(
            "http",
            [
                "url": "https://a/", "method": "post", "body": ["x": 1], "connect_to": "[::1]:8443",
                "ca_file": "ca.pem",
            ],
            .staged(http: http)
        )
        let request = http.seen.first
        #expect(request?.connectTo == ConnectTarget(host: "::1", port: 8443))
        #expect(request?.authoritiesFile == "/runbook/ca.pem")
        #expect(request?.usesFreshConnection == true)
        #expect(request?.headers == [HTTPField("Content-Type", "application/json")])
    }

    @Test func aClosedPortIsAnAnswer() async {
        #expect(await ask("tcp", ["host": "a", "port": 1], .staged()).verdict == .fail("a:1: the port is closed"))
    }

    @Test(arguments: [
        ("*.example.com", "a.example.com", true), ("*.example.com", "a.b.example.com", false),
        ("*.example.com", "example.com", false), ("A.example.com", "a.EXAMPLE.com", true),
    ]) func aStarStandsForOneLabel(pattern: String, name: String, covers: Bool) {
        #expect(TLSProbe.covers(pattern, name) == covers)
    }

    @Test(
        arguments: [
            (["values": ["192.0.2.1"]], "pass"), (["values": ["192.0.2.2"]], "fail"), (["count": 2], "fail"),
            (["absent": true], "fail"), (["expect": ".ttl == 60"], "pass"),
        ] as [([String: Value], String)]
    ) func recordsAreJudged(more: [String: Value], word: String) async {
        let dns = ScriptedDNS(["a.test a 127.0.0.1:53": .success(.addresses(["192.0.2.1"]))])
        let given: [String: Value] = ["name": "a.test", "server": "127.0.0.1:53"]
        let answer = await ask("dns.record", .object(given.merging(more) { $1 }), .staged(dns: dns))
        #expect(answer.verdict.word == word)
    }

    @Test func everyServerIsAskedByBothTransports() async {
        let dns = ScriptedDNS([
            "a.test ns system": .success(.noData(negativeTTL: nil)),
            "test ns system": .success(
                .records([DNSRecord(name: "test", type: 2, ttl: 60, data: "ns1.test")], isAuthoritative: false)
            ),
            "ns1.test a system": .success(.addresses(["127.0.0.1"])),
            "a.test a 127.0.0.1:53": .success(.addresses(["192.0.2.1"])),
        ])
        let answer = await ask("dns.authoritative", ["name": "a.test", "values": ["192.0.2.1"]], .staged(dns: dns))
        #expect(answer.verdict == .pass("2 answers agree: 192.0.2.1"))
        #expect(dns.questions.suffix(2).map(\.usesTCP) == [false, true])
    }

    @Test func propagationReportsAndDoesNotGate() async {
        let dns = ScriptedDNS([
            "a.test a 127.0.0.1:53": .success(.addresses(["192.0.2.1"])), "a.test a 127.0.0.2:53": .failure(.timedOut),
        ])
        let given: Value = ["name": "a.test", "values": ["192.0.2.1"], "resolvers": ["127.0.0.1:53", "127.0.0.2:53"]]
        #expect(
            await ask("dns.propagation", given, .staged(dns: dns)).verdict
                == .pass(
                    "1 of 2 resolvers have it; 127.0.0.1:53 answers 192.0.2.1 for another 60 s, 127.0.0.2:53: no answer "
                        + "from the name server in time"
                )
        )
    }

    @Test func whoAnswersOldIsToldOfEachNameAndType() async {
        let addresses = { (list: [String], ttl: UInt32) -> Result<DNSAnswer, DNSFailure> in
            .success(.addresses(list, ttl: ttl))
        }
        let dns = ScriptedDNS([
            "old.test a 127.0.0.1:53": addresses(["192.0.2.2"], 60), "old.test aaaa 127.0.0.1:53": addresses([], 60),
            "a.test a 127.0.0.1:53": addresses(["192.0.2.1"], 41), "b.test a 127.0.0.1:53": addresses(["192.0.2.2"], 7),
            "a.test aaaa 127.0.0.1:53": addresses(["2001:db8::9"], 60),
            "b.test aaaa 127.0.0.1:53": .success(.noData(negativeTTL: nil)),
        ])
        let given: Value = [
            "name": "a.test.", "also": ["b.test"], "types": ["A", "AAAA"], "resolvers": ["127.0.0.1:53"],
            "old": ["192.0.2.1", "OLD.test.", "2001:DB8::1"],
        ]
        let found = await ask("dns.propagation", given, .staged(dns: dns))
        #expect(
            found.verdict
                == .pass(
                    "2 of 4 answers of resolvers still old; 127.0.0.1:53 a.test A still old: 192.0.2.1 for another 41 s, "
                        + "127.0.0.1:53 b.test A still old: 192.0.2.2 for another 7 s, "
                        + "127.0.0.1:53 a.test AAAA moved: 2001:db8::9 for another 60 s, "
                        + "127.0.0.1:53 b.test AAAA answers the name has no record of this type"
                )
        )
    }

    @Test func aCNAMEThatStillLeadsToTheOldNameIsOld() async {
        let record = DNSRecord(name: "a.test", type: 5, ttl: 30, data: "Old.example.net")
        let dns = ScriptedDNS(["a.test cname 127.0.0.1:53": .success(.records([record], isAuthoritative: false))])
        let given: Value = [
            "name": "a.test", "types": ["CNAME"], "old": ["old.example.net."], "resolvers": ["127.0.0.1:53"],
        ]
        #expect(
            await ask("dns.propagation", given, .staged(dns: dns)).verdict
                == .pass("1 of 1 resolvers still old; 127.0.0.1:53 still old: Old.example.net for another 30 s")
        )
    }

    @Test(arguments: [
        (200, #"{"database":"ok","version":"12"}"#, "pass"), (503, #"{"database":"failing","version":"12"}"#, "fail"),
        (502, "<html>", "error"),
    ]) func grafanaIsAsWellAsItsDatabase(status: Int, body: String, word: String) async {
        let verdict = await asked(
            "grafana.health",
            ["url": "http://g/"],
            [.ok("GET http://g/api/health", status: status, body)]
        )
        #expect(verdict.word == word)
    }

    @Test func dataSourcesMustBeThereAndWell() async {
        let list = #"[{"uid":"m","name":"mimir","type":"prometheus"},{"uid":"l","name":"loki","type":"loki"}]"#
        let verdict = await asked(
            "grafana.datasources",
            ["url": "http://g", "names": ["mimir", "l", "tempo"]],
            [
                .ok("GET http://g/api/datasources", list),
                .ok("GET http://g/api/datasources/uid/m/health", #"{"status":"OK","message":"fine"}"#),
                .ok(
                    "GET http://g/api/datasources/uid/l/health",
                    status: 400,
                    #"{"status":"ERROR","message":"no org id"}"#
                ),
            ]
        )
        #expect(verdict == .fail("no data source `tempo`; `loki`: no org id"))
    }

    private static let board = #"{"dashboard":{"panels":[{"title":"Up","targets":[{"refId":"A","expr":"up"}]}]}}"#
    private static let frames = #"{"results":{"A":{"frames":[{"data":{"values":[[1,2],[null,3]]}}]}}}"#

    @Test(arguments: [
        (frames, "1 panels answer", "pass"),
        (#"{"results":{"A":{"frames":[{"data":{"values":[[1,2],[null,null]]}}]}}}"#, "Board / Up: no data", "fail"),
        (#"{"results":{"A":{"error":"bad query","frames":[]}}}"#, "Board / Up: bad query", "fail"),
        ("oops", "Board / Up: status 400: oops", "fail"),
    ])
    func aPanelMustAnswerWithData(answer: String, words: String, word: String) async {
        let verdict = await asked(
            "grafana.panels",
            ["url": "http://g", "dashboards": ["b"]],
            [
                .ok(
                    "GET http://g/api/search?type=dash-db&limit=1000&page=1",
                    #"[{"uid":"a","title":"Other"},{"uid":"b","title":"Board"}]"#
                ),
                .ok("GET http://g/api/datasources", #"[{"uid":"m","type":"prometheus","isDefault":true}]"#),
                .ok("GET http://g/api/dashboards/uid/b", Self.board),
                .ok("POST http://g/api/ds/query", status: answer == "oops" ? 400 : 200, answer),
            ]
        )
        #expect(verdict.word == word)
        #expect(verdict.summary == words)
    }

    @Test(arguments: [
        ("[]", "inconclusive"), (#"[{"metric":{},"value":[1,"3"]}]"#, "pass"),
        (#"[{"metric":{},"value":[1,"NaN"]}]"#, "inconclusive"),
    ])
    func noDataIsInconclusive(result: String, word: String) async {
        let verdict = await asked(
            "prometheus.query",
            ["url": "http://p", "query": "up", "expect": ".value > 2"],
            [
                .ok(
                    "GET http://p/api/v1/query?query=up",
                    #"{"status":"success","data":{"resultType":"vector","result":\#(result)}}"#
                )
            ]
        )
        #expect(verdict.word == word)
    }

    @Test(arguments: [
        (#"[{"id":"a","state":"ACTIVE"},{"id":"b","state":"ACTIVE"}]"#, "pass"),
        (#"[{"id":"a","state":"ACTIVE"}]"#, "fail"),
        (#"[{"id":"a","state":"ACTIVE"},{"id":"b","state":"LEAVING"}]"#, "fail"),
        (#"[{"id":"a","state":"ACTIVE"},{"id":"b","state":"ACTIVE"},{"id":"c","state":"ACTIVE"}]"#, "fail"),
    ]) func aRingHasItsMembersAndNoOthers(shards: String, word: String) async {
        let verdict = await asked(
            "ring.members",
            ["url": "http://m", "count": 2, "exact": true],
            [.ok("GET http://m/ring", #"{"shards":\#(shards)}"#)]
        )
        #expect(verdict.word == word)
    }

    @Test func aSampleIsWrittenOnceAndReadBack() async {
        let world = World.staged()
        let trip = RoundTrip(world.recordingAnew(for: "s "), salt: "http://l")
        let range = "start=1768261500000000000&end=1768262460000000000"
        let query = PercentCode.text("{job=\"migrate-roundtrip\"} |= \"\(trip.mark)\"")
        let read = "GET http://l/loki/api/v1/query_range?query=\(query)&limit=10&\(range)"
        func answer(_ line: String) -> String {
            #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["1","\#(line)"]]}]}}"#
        }
        let verdict = await asked(
            "loki.roundtrip",
            ["url": "http://l"],
            [
                .ok(read, answer("another line")), .ok("POST http://l/loki/api/v1/push", status: 204),
                .ok(read, answer("round trip of \(trip.mark)")),
            ]
        )
        #expect(verdict == .pass("sample \(trip.mark) was read back"))
        let again = await asked(
            "loki.roundtrip",
            ["url": "http://l"],
            [.ok(read, answer("round trip of \(trip.mark)"))]
        )
        #expect(again.isPass)
    }
}
