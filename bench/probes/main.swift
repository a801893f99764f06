import AWSClient
import Glibc
import MigrateCore
import Network
import Steps

/// Measures many probes at once against a server that takes its time; each verb prints one JSON object.
///
/// Usage: `probe-bench together|crowd|neighbours URL...`. A URL is of a server that answers `/N/MS` after MS
/// milliseconds and never answers `/hang`; several are one server at several addresses.
enum ProbeBench {
    /// Milliseconds that the server takes.
    private static let latency = 200

    /// A hundred probes at once, as a multiple of what the server takes for each: the first hundred, and later ones.
    static func together(_ bench: Bench, _ urls: [String]) async throws {
        var ratios: [Double] = []
        for round in 1...5 {
            let (wall, times) = await bench.ask(
                (0..<100).map { "\(urls[$0 % urls.count])/\(round)-\($0)/\(latency)" }
            )
            guard times.count == 100 else { throw BenchFault("\(100 - times.count) of 100 probes did not pass") }
            ratios.append(wall * 1000 / Double(latency))
        }
        show(["first": ratios[0], "ratio": ratios.dropFirst().sorted()[2]])
    }

    /// A thousand probes in flight at once, and the memory that they take.
    static func crowd(_ bench: Bench, _ urls: [String]) async throws {
        let calls = (0..<1000).map { "\(urls[$0 % urls.count])/c\($0)/2000" }
        let (wall, times) = await bench.ask(calls)
        show(["wall": wall, "passed": Double(times.count), "megabytes": peakMemory])
    }

    /// A hundred probes beside fifty of an endpoint that hangs and fifty of one that is slow.
    static func neighbours(_ bench: Bench, _ urls: [String]) async throws {
        guard let sick = urls.last, urls.count > 1 else { throw BenchFault("give two addresses or more") }
        let others = urls.dropLast()
        let alone = await bench.ask((0..<100).map { "\(others[$0 % others.count])/a\($0)/\(latency)" }).wall
        let hung = Task { await bench.ask((0..<50).map { "\(sick)/hang/\($0)" }).wall }
        let slow = Task { await bench.ask((0..<50).map { "\(sick)/s\($0)/3000" }).wall }
        // Why: the sick ones must be in flight before the others begin.
        try await Task.sleep(for: .milliseconds(500))
        let beside = await bench.ask((0..<100).map { "\(others[$0 % others.count])/b\($0)/\(latency)" }).wall
        hung.cancel()
        slow.cancel()
        show(["alone": alone, "beside": beside, "ratio": beside / alone])
    }

    /// Greatest resident set so far, megabytes.
    private static var peakMemory: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    private static func show(_ figures: [String: Double]) {
        print(Value.object(figures.mapValues { .number($0) }).text)
    }
}

let words = Array(CommandLine.arguments.dropFirst())
let urls = Array(words.dropFirst())
let bench = try Bench()
switch (words.first, urls.isEmpty) {
case ("together", false): try await ProbeBench.together(bench, urls)
case ("crowd", false): try await ProbeBench.crowd(bench, urls)
case ("neighbours", false): try await ProbeBench.neighbours(bench, urls)
default: throw BenchFault("usage: probe-bench together|crowd|neighbours URL...")
}
