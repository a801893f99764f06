import MigrateCore
import Network

/// Writes a marked profile to Pyroscope and reads it back.
struct PyroscopeRoundTripProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "pyroscope.roundtrip",
        role: .probe,
        summary: "Write a marked profile to Pyroscope and read it back",
        parameters: HTTPCall.parameters + [
            .optional(
                "write_url",
                .string,
                example: "http://pyroscope.lgtm.local:4040",
                "address that takes writes, when it is another"
            ),
            .optional(
                "profile",
                .string,
                default: "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
                example: "process_cpu",
                "profile type asked "
                    + "for when reading back"
            ),
        ],
        effect: .convergent,
        rollback: .notNeeded,
        facts: ["mark": "name of the frame"],
        source: "https://grafana.com/docs/pyroscope/latest/reference-server-api/, read 2026-11-21",
        example: """
            - id: pyroscope-ingests
              probe: pyroscope.roundtrip
              with: {url: "http://pyroscope.lgtm.local:4040"}
              retry: {for: 2m}
            """
    )

    private static let application = "migrate.roundtrip"

    private let reading: HTTPCall
    private let writing: HTTPCall
    private let profile: String

    init(_ parameters: Parameters) throws {
        reading = try HTTPCall(parameters)
        writing = try parameters.stringIfGiven("write_url").map(reading.at) ?? reading
        profile = try parameters.string("profile")
    }

    func ask(_ world: World) async throws -> Observation {
        let trip = RoundTrip(world, salt: reading.base)
        return try await trip.run(
            write: {
                let seconds = trip.time.milliseconds / 1000
                let query = [
                    ("name", Self.application), ("from", "\(seconds - 10)"), ("until", "\(seconds)"),
                    ("format", "folded"), ("sampleRate", "100"), ("spyName", "migrate"),
                ]
                var request = writing.request("POST", "/ingest", query: query)
                request.body = Array("\(Self.application);\(trip.mark) 100\n".utf8)
                request.usesFreshConnection = true
                return try await world.send(request)
            },
            find: {
                let query = [
                    ("query", "\(profile){service_name=\"\(Self.application)\"}"), ("from", "now-1h"),
                    ("until", "now"), ("format", "json"),
                ]
                let response = try await world.send(reading.request("GET", "/pyroscope/render", query: query))
                let names = try response.requireJSON("Pyroscope")["flamebearer"]["names"].array ?? []
                return names.contains { $0.string?.contains(trip.mark) ?? false }
            },
            world
        )
    }
}
