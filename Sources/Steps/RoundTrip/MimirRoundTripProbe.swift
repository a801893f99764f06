import MigrateCore
import Network

/// Writes a marked metric to Mimir and reads it back.
struct MimirRoundTripProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "mimir.roundtrip",
        role: .probe,
        summary: "Write a marked metric to Mimir and read it back",
        parameters: HTTPCall.parameters + [
            .optional(
                "write_url",
                .string,
                example: "http://mimir.lgtm.local:8080",
                "address that takes writes, when it is another"
            ),
            .optional(
                "prefix",
                .string,
                default: "/prometheus",
                example: "/prometheus",
                "path before `/api/v1` of queries; empty for Prometheus itself"
            ),
            .optional(
                "remote_write",
                .string,
                example: "/api/v1/push",
                "path that takes Prometheus' remote write, to write by it and not by OTLP; Prometheus' own is `/api/v1/write`"
            ),
        ],
        effect: .convergent,
        rollback: .notNeeded,
        facts: ["mark": "label value of the sample"],
        source: "https://grafana.com/docs/mimir/latest/references/http-api/#otlp, read 2026-11-21",
        example: """
            - id: mimir-ingests
              probe: mimir.roundtrip
              with: {url: "http://mimir.lgtm.local:8080", tenant: anonymous}
              retry: {for: 2m}
            """
    )

    private static let metric = "migrate_roundtrip"

    private let reading: HTTPCall
    private let writing: HTTPCall
    private let remoteWrite: String?

    init(_ parameters: Parameters) throws {
        let call = try HTTPCall(parameters)
        writing = try parameters.stringIfGiven("write_url").map(call.at) ?? call
        remoteWrite = try parameters.stringIfGiven("remote_write")
        var reading = call
        reading.base += try parameters.string("prefix")
        self.reading = reading
    }

    func ask(_ world: World) async throws -> Observation {
        let trip = RoundTrip(world, salt: reading.base)
        return try await trip.run(
            write: { try await world.send(request(for: trip)) },
            find: {
                let query = "\(Self.metric){mark=\"\(trip.mark)\"}"
                return try await !PrometheusAPI(call: reading).query(query, world).values.isEmpty
            },
            world
        )
    }

    private func request(for trip: RoundTrip) -> HTTPRequest {
        guard let remoteWrite else { return writing.post("/otlp/v1/metrics", json: sample(of: trip)) }
        var request = writing.request("POST", remoteWrite)
        request.headers += RemoteWrite.headers
        request.body = RemoteWrite.body(labels: ["__name__": Self.metric, "mark": trip.mark], value: 1, at: trip.time)
        request.usesFreshConnection = true
        return request
    }

    private func sample(of trip: RoundTrip) -> Value {
        let point: Value = [
            "timeUnixNano": .string(trip.nanoseconds), "asDouble": 1,
            "attributes": [OTLP.attribute("mark", trip.mark)],
        ]
        let metric: Value = ["name": .string(Self.metric), "gauge": ["dataPoints": [point]]]
        return [
            "resourceMetrics": [
                ["resource": OTLP.resource, "scopeMetrics": [["scope": OTLP.scope, "metrics": [metric]]]]
            ]
        ]
    }
}

/// Pieces of OTLP's JSON.
///
/// Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, read 2026-11-21.
enum OTLP {
    /// Attribute with a text.
    static func attribute(_ key: String, _ value: String) -> Value {
        ["key": .string(key), "value": ["stringValue": .string(value)]]
    }

    /// Resource that our samples come from.
    static let resource: Value = ["attributes": [attribute("service.name", "migrate")]]

    /// Scope that our samples come from.
    static let scope: Value = ["name": "migrate"]
}
