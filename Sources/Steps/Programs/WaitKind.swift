import MigrateCore

/// Waits; the same as a `soak` step, for places that ask for an action.
struct WaitKind: CompositeKind {
    static let declaration = KindDeclaration(
        name: "wait",
        role: .action,
        summary: "Wait for a length of time",
        parameters: [.required("for", .duration, "how long")],
        effect: .readOnly,
        rollback: .notNeeded,
        source: "semantics of the engine: a wait is durable and survives a restart",
        example: """
            - id: settle
              do: wait
              with: {for: 5m}
            """,
        expand: { given in
            guard let duration = given["for"].string else {
                throw Diagnostics([Diagnostic("`for` must be a duration such as `5m`", at: nil)])
            }
            return [
                KindDeclaration.Part(
                    name: "soak",
                    title: LocalizedText("Wait \(duration)", ko: "\(duration) 대기"),
                    work: .soak(duration),
                    parameters: [:]
                )
            ]
        }
    )
}
