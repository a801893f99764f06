import MigrateCore
import Network

/// Opens a TCP connection.
struct TCPProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "tcp",
        role: .probe,
        summary: "Open a TCP connection and close it again",
        parameters: [
            .required("host", .string, "host name or address"),
            .required("port", .integer, "TCP port"),
            .optional("timeout", .duration, default: "5s", "time allowed"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["connect_ms": "time it took, in milliseconds"],
        source: "https://www.rfc-editor.org/rfc/rfc9293, read 2026-11-21",
        example: """
            - id: mimir-port
              probe: tcp
              with: {host: mimir.lgtm.local, port: 8080}
            """
    )

    private let host: String
    private let port: Int
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        host = try parameters.string("host")
        port = try parameters.integer("port", in: 1...65_535)
        timeout = try parameters.duration("timeout")
    }

    func ask(_ world: World) async throws -> Observation {
        let start = world.now()
        let subject = "TCP \(host):\(port)"
        do {
            let took = try await world.tcp.connect(host: host, port: port, timeout: timeout)
            world.record(subject, "connected", since: start)
            return Observation(
                .pass("connected in \(took.shortText)"),
                facts: ["connect_ms": .integer(took.inMilliseconds)]
            )
        } catch let failure as TCPFailure {
            world.record(subject, failure.words, since: start)
            // A closed port is an answer; everything else is none.
            if failure == .refused { return Observation(.fail("\(host):\(port): \(failure.words)")) }
            throw Problem("\(host):\(port): \(failure.words)")
        }
    }
}
