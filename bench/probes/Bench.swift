import AWSClient
import MigrateCore
import Network
import Steps

/// The executor with live HTTP, as the tool makes it.
struct Bench: Sendable {
    private let executor: LiveStepExecutor
    private let expectation = ".status == 200"

    /// Throws: when HTTP cannot be started.
    init() throws {
        let nothing = NothingElse()
        executor = LiveStepExecutor(
            world: World(
                aws: try Self.noAWS(),
                http: try CurlHTTPClient(limits: .fitting(openFiles: 4096)),
                dns: nothing,
                tcp: nothing,
                processes: nothing,
                supervisor: nothing,
                files: nothing,
                expressions: JqEvaluator(expecting: [expectation]),
                environment: [:],
                runbookDirectory: "/",
                stateDirectory: "/",
                now: { Timestamp(milliseconds: 0) },
                digest: { _ in "" },
                random: { 0 }
            )
        )
    }

    private static func noAWS() throws -> AWSClient { throw BenchFault("no AWS here") }

    /// Asks an `http` probe of each address at once; seconds in all, and of each that passed.
    func ask(_ addresses: [String]) async -> (wall: Double, times: [Double]) {
        let clock = ContinuousClock()
        let began = clock.now
        let times = await withTaskGroup(of: Double?.self) { group in
            for address in addresses {
                group.addTask {
                    let start = clock.now
                    let call = ProbeCall(
                        kind: "http",
                        parameters: ["url": .string(address), "expect": .string(expectation), "timeout": "60s"]
                    )
                    let scope = StepScope(step: StepID("bench"), token: "bench")
                    let found = await executor.probe(call, in: scope)
                    return found.answer.verdict.isPass ? Self.seconds(start.duration(to: clock.now)) : nil
                }
            }
            return await group.reduce(into: [Double]()) { all, one in if let one { all.append(one) } }
        }
        return (Self.seconds(began.duration(to: clock.now)), times)
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
