import MigrateCore

/// Writes what Loki holds in memory to its storage.
struct LokiFlushAction: FlushKind {
    static let declaration = KindDeclaration(
        name: "loki.flush",
        role: .action,
        summary: "Asks Loki's ingesters to write their chunks to storage",
        parameters: FlushCall.parameters,
        effect: .convergent,
        rollback: .notNeeded,
        undo: "nothing is undone: what was written to storage belongs there",
        facts: FlushCall.facts,
        source:
            "https://grafana.com/docs/loki/latest/reference/loki-http-api/#flush-in-memory-chunks-to-backing-store, read 2026-11-21",
        example: """
            - id: flush-loki
              do: loki.flush
              with: {url: "http://loki.lgtm.local:3100", timeout: 5m}
            """
    )

    let flush: FlushCall

    static let held = HeldInMemory(
        product: "Loki",
        gauges: [
            .init(name: "loki_ingester_memory_chunks", meaning: .count(of: "chunks"))
        ]
    )

    init(_ parameters: Parameters) throws {
        flush = try FlushCall(parameters, product: "Loki", path: "/flush")
    }
}
