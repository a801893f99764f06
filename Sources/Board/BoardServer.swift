import FlyingFox
import FlyingSocks
import Foundation
import MigrateCore

/// Serves the board on loopback: one page, live, read-only.
public struct BoardServer: Sendable {
    private let feed: BoardFeed
    private let port: UInt16
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Time between two looks at the journal: what a viewer waits at most, beside drawing.
    private static let pace = Duration.milliseconds(100)
    /// Looks between two signs of life; a page that misses three of them says that it is not live.
    private static let looksPerBeat = 100

    /// Makes a server of `port` that looks at `source`; `reason` puts what the source throws into words.
    public init(
        source: any BoardSource,
        port: UInt16,
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        reason: @escaping @Sendable (any Error) -> String
    ) {
        feed = BoardFeed(source: source, now: now, reason: reason)
        self.port = port
        self.sleep = sleep
    }

    /// Serves until it is cancelled; `ready` is given the address once it answers.
    ///
    /// Throws: `BoardFault` when the port cannot be had, and what the source throws at the first look.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws {
        try await feed.look()
        let server = HTTPServer(
            config: .init(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), logger: .disabled)
        )
        let handler = BoardHandler(feed: feed, guardian: RequestGuard(port: port))
        await server.appendRoute("*") { try await handler.handleRequest($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await server.run() } catch is CancellationError {} catch {
                    throw BoardFault.portUnavailable(port, reason: error.localizedDescription)
                }
            }
            group.addTask {
                try await server.waitUntilListening()
                ready("http://127.0.0.1:\(port)/")
                try await pump()
            }
            defer { group.cancelAll() }
            do { try await group.next() } catch is CancellationError {}
            await feed.close()
            await server.stop(timeout: 1)
        }
    }

    private func pump() async throws {
        var looks = 0
        while true {
            try await sleep(Self.pace)
            await feed.watch()
            looks += 1
            if looks % Self.looksPerBeat == 0 { await feed.beat() }
        }
    }
}

/// Why there is no board.
public enum BoardFault: Error, Sendable, Hashable {
    /// The port is in use, or may not be used.
    case portUnavailable(UInt16, reason: String)
    /// The journal, which could be read once, cannot be read any more.
    case unreadable(reason: String)
}
