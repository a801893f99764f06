import MigrateCore

/// Writes what Mimir holds in memory to its storage.
struct MimirFlushAction: FlushKind {
    static let declaration = KindDeclaration(
        name: "mimir.flush",
        role: .action,
        summary: "Asks Mimir's ingesters to write their blocks to storage, and waits for it",
        parameters: FlushCall.parameters,
        effect: .convergent,
        rollback: .notNeeded,
        undo: "nothing is undone: what was written to storage belongs there",
        facts: FlushCall.facts,
        source: "https://grafana.com/docs/mimir/latest/references/http-api/#flush-chunks--blocks, read 2026-11-21",
        example: """
            - id: flush-mimir
              do: mimir.flush
              with: {url: "http://mimir.lgtm.local:8080", timeout: 5m}
            """
    )

    let flush: FlushCall

    static let held = HeldInMemory(
        product: "Mimir",
        gauges: [
            .init(name: "cortex_ingester_memory_series", meaning: .count(of: "series")),
            .init(
                name: "cortex_ingester_oldest_unshipped_block_timestamp_seconds",
                meaning: .oldest(of: "blocks not in storage")
            ),
        ]
    )

    init(_ parameters: Parameters) throws {
        flush = try FlushCall(parameters, product: "Mimir", path: "/ingester/flush?wait=true")
    }
}
