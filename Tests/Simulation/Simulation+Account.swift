extension Simulation {
    /// The night of `seed` told event by event, with the rule it broke and how to live through it again.
    package static func account(ofSeed seed: UInt64) async throws -> String {
        try await onAThread {
            let night = try Simulation(seed: seed, tells: true).run()
            return """
                seed \(seed): \(night.violation ?? "no rule broken")
                \(night.story.joined(separator: "\n"))
                replay: swift run simulate --seed \(seed)
                """
        }
    }

    /// The journals of two nights with the same seed, which are to be the same.
    package static func twins(ofSeed seed: UInt64) async throws -> [String] {
        try await onAThread {
            try (0..<2).map { _ in
                let night = try Simulation(seed: seed)
                _ = night.run()
                return try night.journalText()
            }
        }
    }
}
