import MigrateCore
import Network

/// What a store's ingesters hold that is not in its storage yet, as their metrics say: it goes with them.
struct HeldInMemory: Sendable {
    /// A gauge of `/metrics`, and what it counts.
    struct Gauge: Sendable, Equatable {
        /// Its name.
        var name: String
        /// What it tells.
        var meaning: Meaning
    }

    /// What a gauge tells.
    enum Meaning: Sendable, Equatable {
        /// How many of these there are, on all instances together.
        case count(of: String)
        /// Since when the oldest of these is there, in seconds since 1970; 0 when there is none.
        case oldest(of: String)
    }

    /// Product, as messages name it.
    var product: String
    /// What is read.
    var gauges: [Gauge]

    /// Longest that one instance is asked for.
    private static let patience = Duration.seconds(10)

    /// Asks all of `targets` and records what they hold, or that it is not known.
    ///
    /// Why no failure: nobody is kept from writing what is held by not knowing how much it is.
    /// Throws: `CancellationError`.
    func record(of targets: FlushTargets, _ world: World) async throws {
        let start = world.now()
        var words: String
        do {
            words = try await held(by: try await targets.now(world), at: start, world)
        } catch let error as CancellationError {
            throw error
        } catch {
            words = "not known: \(Problem(of: error).message)"
        }
        let facts: Value = [Evidence.atRisk: .string("\(product): \(words)")]
        world.record("\(product) holds in memory", words, facts: facts, since: start)
    }

    private func held(
        by instances: [HTTPCall],
        at now: Timestamp,
        _ world: World
    ) async throws -> String {
        var found: [String: [Double]] = [:]
        guard !instances.isEmpty else { return "nothing: no instance is left" }
        for target in instances {
            var request = target.request("GET", "/metrics")
            request.timeout = min(target.timeout, Self.patience)
            let response = try await world.send(request)
            guard response.status == 200 else {
                throw Problem("`\(target.place)/metrics` answered \(response.status): \(response.excerpt)")
            }
            let text = String(decoding: response.body, as: UTF8.self)
            for gauge in gauges { found[gauge.name, default: []] += Self.samples(of: gauge.name, in: text) }
        }
        return gauges.map { Self.words(for: $0, found[$0.name] ?? [], at: now) }.joined(separator: ", ")
    }

    private static func words(for gauge: Gauge, _ samples: [Double], at now: Timestamp) -> String {
        switch gauge.meaning {
        case .count(let things):
            guard !samples.isEmpty else { return "\(things) not told (`\(gauge.name)` is missing)" }
            return "\(Int(samples.reduce(0, +).rounded())) \(things)"
        case .oldest(let things):
            guard !samples.isEmpty else { return "\(things) not told (`\(gauge.name)` is missing)" }
            guard let oldest = samples.filter({ $0 > 0 }).min() else { return "no \(things)" }
            let age = max(0, now.milliseconds / 1000 - Int64(oldest))
            return "\(things) for \(Duration.seconds(age).shortText)"
        }
    }

    /// Values of the metric `name` in Prometheus' text format, whatever its labels.
    ///
    /// Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, read 2026-11-21.
    static func samples(of name: String, in text: String) -> [Double] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix(name) else { return nil }
            var rest = line.dropFirst(name.count)
            if rest.first == "{" {
                // A label's value may hold a brace; none comes after the labels.
                guard let end = rest.lastIndex(of: "}") else { return nil }
                rest = rest[rest.index(after: end)...]
            }
            // What goes on without a space is a longer name.
            let hasLabels = line.dropFirst(name.count).first == "{"
            guard let first = rest.first, first.isWhitespace || hasLabels else { return nil }
            let value = rest.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
            return value.flatMap { $0.isFinite ? $0 : nil }
        }
    }
}
