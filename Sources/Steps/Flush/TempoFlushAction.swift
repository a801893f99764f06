import MigrateCore

/// Writes what Tempo holds in memory to its storage.
struct TempoFlushAction: FlushKind {
    static let declaration = KindDeclaration(
        name: "tempo.flush",
        role: .action,
        summary: "Asks Tempo's ingesters to write their blocks to storage",
        parameters: FlushCall.parameters,
        effect: .convergent,
        rollback: .notNeeded,
        undo: "nothing is undone: what was written to storage belongs there",
        facts: FlushCall.facts,
        source: "https://grafana.com/docs/tempo/latest/api_docs/#flush, read 2026-11-21",
        example: """
            - id: flush-tempo
              do: tempo.flush
              with: {url: "http://tempo.lgtm.local:3200", timeout: 5m}
            """
    )

    let flush: FlushCall

    static let held = HeldInMemory(
        product: "Tempo",
        gauges: [
            .init(name: "tempo_ingester_live_traces", meaning: .count(of: "live traces"))
        ]
    )

    init(_ parameters: Parameters) throws {
        flush = try FlushCall(parameters, product: "Tempo", path: "/flush")
    }
}
