import MigrateCore

/// Writes a marked line to Loki and reads it back.
struct LokiRoundTripProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "loki.roundtrip",
        role: .probe,
        summary: "Write a marked log line to Loki and read it back",
        parameters: HTTPCall.parameters + [
            .optional(
                "write_url",
                .string,
                example: "http://loki.lgtm.local:3100",
                "address that takes writes, when it is another"
            )
        ],
        effect: .convergent,
        rollback: .notNeeded,
        facts: ["mark": "text in the line"],
        source: "https://grafana.com/docs/loki/latest/reference/loki-http-api/, read 2026-11-21",
        example: """
            - id: loki-ingests
              probe: loki.roundtrip
              with: {url: "http://loki.lgtm.local:3100"}
              retry: {for: 2m}
            """
    )

    private let reading: HTTPCall
    private let writing: HTTPCall

    init(_ parameters: Parameters) throws {
        reading = try HTTPCall(parameters)
        writing = try parameters.stringIfGiven("write_url").map(reading.at) ?? reading
    }

    func ask(_ world: World) async throws -> Observation {
        let trip = RoundTrip(world, salt: reading.base)
        // The mark stands in the line, not in a label: each value of a label is a stream of its own in Loki's index.
        let line: Value = [.string(trip.nanoseconds), .string("round trip of \(trip.mark)")]
        let push: Value = ["streams": [["stream": ["job": "migrate-roundtrip"], "values": [line]]]]
        return try await trip.run(
            write: { try await world.send(writing.post("/loki/api/v1/push", json: push)) },
            find: { try await isThere(trip, world) },
            world
        )
    }

    private func isThere(_ trip: RoundTrip, _ world: World) async throws -> Bool {
        let start = trip.time.milliseconds - RoundTrip.lifetime.inMilliseconds
        let query = [
            ("query", "{job=\"migrate-roundtrip\"} |= \"\(trip.mark)\""), ("limit", "10"),
            ("start", "\(start)000000"), ("end", "\(trip.time.milliseconds + 60_000)000000"),
        ]
        let response = try await world.send(reading.request("GET", "/loki/api/v1/query_range", query: query))
        let streams = try response.requireJSON("Loki")["data"]["result"].array ?? []
        return streams.contains { stream in
            (stream["values"].array ?? []).contains { $0.array?.last?.string?.contains(trip.mark) ?? false }
        }
    }
}
