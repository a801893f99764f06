import MigrateCore
import Network

/// Compares how fast two sides answer the same request, one after the other in turn so that a slow moment meets both.
struct LatencyComparison: Sendable {
    /// Requests to each side; 0 compares nothing.
    let requests: Int
    /// How many times as long the new side may take.
    let factor: Double
    /// Difference that is never held against the new side: twice nothing is nothing.
    let slack: Duration

    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .optional(
            "latency_requests",
            .integer,
            default: 20,
            unit: "requests",
            "requests of `prove` to each side, whose medians are compared; 0 compares nothing"
        ),
        .optional(
            "latency_factor",
            .number,
            default: 2,
            unit: "times",
            "how many times as long as the old side the new one may take"
        ),
        .optional("latency_slack", .duration, default: "50ms", "difference that is not held against the new side"),
    ]

    /// Reads the parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        requests = try parameters.integer("latency_requests", in: 0...1000)
        factor = try parameters.number("latency_factor")
        slack = try parameters.duration("latency_slack")
        guard factor > 0 else { throw ParameterError("latency_factor", "must be above 0") }
    }

    /// What came of the comparison.
    struct Finding: Sendable {
        /// In words: `new side 12ms, old side 9ms: medians of 20 requests`.
        var words: String
        /// Medians and counts.
        var facts: Value
    }

    /// Asks both sides.
    ///
    /// Throws: `Refusal` when the new side fails or is too slow; `Problem` when the old side gives nothing to compare
    /// with.
    func compare(new: HTTPProbe, old: HTTPRequest, _ world: World) async throws -> Finding? {
        guard requests > 0 else { return nil }
        let start = world.now()
        var samples = (new: Samples(), old: Samples())
        for _ in 0..<requests {
            await samples.old.take(old, world) { $0.status < 500 ? nil : "status \($0.status)" }
            await samples.new.take(new.request, world) { response in
                let verdict = await new.judge(response, world).verdict
                return verdict.isPass ? nil : verdict.summary
            }
        }
        let facts: Value = ["new": samples.new.facts, "old": samples.old.facts]
        let words = "new side \(samples.new.words), old side \(samples.old.words)"
        world.record("latency of both sides under \(new.request.url)", words, facts: facts, since: start)
        if let fault = samples.new.fault {
            throw Refusal("the new side failed \(samples.new.failures) of \(requests) requests: \(fault)")
        }
        guard let mine = samples.new.median, let theirs = samples.old.median, samples.old.failures * 2 < requests else {
            throw Problem(
                "the old side gives nothing to compare with: \(samples.old.fault ?? "no answer")",
                hint: "check `prove`; `latency_requests: 0` compares nothing"
            )
        }
        let limit = max(theirs * factor, theirs + slack)
        guard mine <= limit else {
            throw Refusal(
                "the new side answers too slowly: \(words), medians of \(requests) requests; allowed \(limit.shortText)",
                hint: "find out why, or raise `latency_factor`"
            )
        }
        return Finding(words: "\(words): medians of \(requests) requests", facts: facts)
    }
}

/// Answer times of one side.
private struct Samples {
    private var times: [Duration] = []
    private(set) var failures = 0
    private(set) var fault: String?

    /// Sends `request` once; what counts is the time from the connection's being up to the first byte.
    ///
    /// `fault` says what is wrong with an answer; nil when nothing is.
    mutating func take(
        _ request: HTTPRequest,
        _ world: World,
        fault: @Sendable (HTTPResponse) async -> String?
    ) async {
        do {
            var request = request
            request.authoritiesFile = request.authoritiesFile.map(world.absolute)
            let response = try await world.http.send(request)
            if let fault = await fault(response) { return fail(fault) }
            let timings = response.timings
            times.append(timings.firstByte - max(timings.connect, timings.tls))
        } catch {
            fail(Problem(of: error).message)
        }
    }

    private mutating func fail(_ words: String) {
        failures += 1
        fault = words
    }

    /// The time that half of the requests kept within; nil when none was answered.
    var median: Duration? {
        let sorted = times.sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    var words: String { median.map(\.shortText) ?? "nothing" }

    var facts: Value {
        [
            "median_ms": median.map { .number(Double($0.inMicroseconds) / 1000) } ?? .null,
            "answered": .integer(Int64(times.count)), "failed": .integer(Int64(failures)),
        ]
    }
}

extension Duration {
    /// Whole microseconds, rounded toward zero.
    fileprivate var inMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
