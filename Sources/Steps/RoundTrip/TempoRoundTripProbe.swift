import MigrateCore
import Network

/// Writes a marked trace to Tempo and reads it back.
struct TempoRoundTripProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "tempo.roundtrip",
        role: .probe,
        summary: "Write a marked trace to Tempo and read it back",
        parameters: HTTPCall.parameters + [
            .required("write_url", .string, "address of the OTLP receiver, usually port 4318")
        ],
        effect: .convergent,
        rollback: .notNeeded,
        facts: ["mark": "name of the span", "trace_id": "id of the trace"],
        source: "https://grafana.com/docs/tempo/latest/api_docs/, read 2026-11-21",
        example: """
            - id: tempo-ingests
              probe: tempo.roundtrip
              with: {url: "http://tempo.lgtm.local:3200", write_url: "http://tempo.lgtm.local:4318"}
              retry: {for: 2m}
            """
    )

    private let reading: HTTPCall
    private let writing: HTTPCall

    init(_ parameters: Parameters) throws {
        reading = try HTTPCall(parameters)
        writing = reading.at(try parameters.string("write_url"))
    }

    func ask(_ world: World) async throws -> Observation {
        let trip = RoundTrip(world, salt: reading.base)
        var observation = try await trip.run(
            write: { try await world.send(writing.post("/v1/traces", json: Self.trace(of: trip))) },
            find: { try await isThere(trip, world) },
            world
        )
        observation.facts["trace_id"] = .string(trip.traceID)
        return observation
    }

    private func isThere(_ trip: RoundTrip, _ world: World) async throws -> Bool {
        var request = reading.request("GET", "/api/v2/traces/\(trip.traceID)")
        request.headers.append(HTTPField("Accept", "application/json"))
        let response = try await world.send(request)
        if response.status == 404 { return false }
        // Tempo answers an unknown trace with 200 and an empty one in some versions.
        let trace = try response.requireJSON("Tempo")["trace"]
        return trace.text.contains(trip.mark)
    }

    private static func trace(of trip: RoundTrip) -> Value {
        let span: Value = [
            "traceId": .string(trip.traceID), "spanId": .string(trip.spanID), "name": .string(trip.mark), "kind": 1,
            "startTimeUnixNano": .string(trip.nanoseconds),
            "endTimeUnixNano": .string("\(trip.time.milliseconds + 1)000000"),
        ]
        return [
            "resourceSpans": [["resource": OTLP.resource, "scopeSpans": [["scope": OTLP.scope, "spans": [span]]]]]
        ]
    }
}
