import Synchronization
import Testing

@testable import AWSClient

/// When credentials are asked for anew.
@Suite struct CredentialCacheTests {
    /// Gives keys named by a counter, or fails.
    private final class Source: CredentialProvider {
        private let state = Mutex((asked: 0, fails: false))
        let life: Duration?

        init(life: Duration?) { self.life = life }

        var asked: Int { state.withLock { $0.asked } }
        func setFailing(_ fails: Bool) { state.withLock { $0.fails = fails } }

        func credentials() async throws -> AWSCredentials {
            let (number, fails) = state.withLock { state in
                state.asked += 1
                return (state.asked, state.fails)
            }
            // Gives the other callers a chance to come while this one waits.
            for _ in 0..<5 { await Task.yield() }
            if fails { throw CredentialFault(source: "source", reason: "down") }
            return AWSCredentials(
                accessKeyID: "K\(number)",
                secretAccessKey: Secret("s"),
                expiration: life.map { World.start.adding($0) },
                source: "source"
            )
        }
    }

    private let world = World()

    private func cache(_ source: Source) -> CredentialCache {
        CredentialCache(source, now: { [world] in world.now })
    }

    @Test func keysWithoutEndAreAskedForOnce() async throws {
        let source = Source(life: nil)
        let cache = cache(source)
        world.now = World.start
        _ = try await cache.credentials()
        world.now = World.start.adding(.seconds(1_000_000))
        #expect(try await cache.credentials().accessKeyID == "K1")
    }

    @Test func manyCallersMakeOneRefresh() async throws {
        let source = Source(life: .seconds(3600))
        let cache = cache(source)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.credentials().accessKeyID } }
            for try await id in group { #expect(id == "K1") }
        }
        #expect(source.asked == 1)
    }

    @Test func refreshComesBeforeTheEnd() async throws {
        let source = Source(life: .seconds(3600))
        let cache = cache(source)
        _ = try await cache.credentials()
        world.now = World.start.adding(.seconds(3600 - 901))
        #expect(try await cache.credentials().accessKeyID == "K1")
        world.now = World.start.adding(.seconds(3600 - 899))
        #expect(try await cache.credentials().accessKeyID == "K2")
    }

    @Test func shortCredentialsAreNotRefreshedOnEveryCall() async throws {
        let source = Source(life: .seconds(900))
        let cache = cache(source)
        for _ in 0..<5 { _ = try await cache.credentials() }
        world.now = World.start.adding(.seconds(600))
        _ = try await cache.credentials()
        #expect(source.asked == 1)
    }

    @Test func failedEarlyRefreshGoesUnnoticedAndIsTriedAgainLater() async throws {
        let source = Source(life: .seconds(3600))
        let cache = cache(source)
        _ = try await cache.credentials()
        source.setFailing(true)
        world.now = World.start.adding(.seconds(3000))
        #expect(try await cache.credentials().accessKeyID == "K1")
        #expect(try await cache.credentials().accessKeyID == "K1")
        #expect(source.asked == 2)
        source.setFailing(false)
        world.now = World.start.adding(.seconds(3061))
        #expect(try await cache.credentials().accessKeyID == "K3")
    }

    @Test func failureAtTheEndIsToldAndNotKept() async throws {
        let source = Source(life: .seconds(3600))
        let cache = cache(source)
        _ = try await cache.credentials()
        source.setFailing(true)
        world.now = World.start.adding(.seconds(3550))
        let fault = try await credentialFault { try await cache.credentials() }
        #expect(fault.reason == "down")
        source.setFailing(false)
        #expect(try await cache.credentials().accessKeyID == "K3")
    }

    @Test func failureAtFirstIsNotKept() async throws {
        let source = Source(life: nil)
        let cache = cache(source)
        source.setFailing(true)
        _ = try await credentialFault { try await cache.credentials() }
        source.setFailing(false)
        #expect(try await cache.credentials().accessKeyID == "K2")
    }
}
