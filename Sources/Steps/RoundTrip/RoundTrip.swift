import MigrateCore
import Network

/// A marked sample on its way into a store and back.
///
/// The mark is the same for every try of a step within a while, so that a sample once written is found by a later try
/// instead of being written again and again; it changes with time, so that yesterday's sample proves nothing today.
struct RoundTrip: Sendable {
    /// Text that occurs nowhere else: `migrate-` and 16 hexadecimal digits.
    let mark: String
    /// When it was made.
    let time: Timestamp

    /// How long a mark stays the same.
    static let lifetime = Duration.seconds(900)

    /// Makes the mark of the step at work in `world`.
    init(_ world: World, salt: String) {
        time = world.now()
        let period = time.milliseconds / Self.lifetime.inMilliseconds
        mark = "migrate-" + Self.hexadecimal(Self.hash("\(world.mark) \(salt) \(period)"))
    }

    /// Nanoseconds since 1970, as text: JSON numbers of jq and JavaScript cannot hold them.
    var nanoseconds: String { "\(time.milliseconds)000000" }

    /// Identifier of 16 bytes in hexadecimal.
    var traceID: String { Self.hexadecimal(Self.hash(mark + "a")) + Self.hexadecimal(Self.hash(mark + "b")) }

    /// Identifier of 8 bytes in hexadecimal.
    var spanID: String { Self.hexadecimal(Self.hash(mark + "c")) }

    /// Looks for the sample, writes it when it is not there, and looks once more.
    ///
    /// Throws: what the tools throw.
    func run(
        write: () async throws -> HTTPResponse,
        find: () async throws -> Bool,
        _ world: World
    ) async throws -> Observation {
        let facts: [String: Value] = ["mark": .string(mark)]
        if try await find() { return Observation(.pass("sample \(mark) was read back"), facts: facts) }
        let written = try await write()
        guard (200..<300).contains(written.status) else {
            throw Problem(
                "the sample was not taken: \(written.status): \(written.excerpt)",
                hint: HTTPResponse.hint(for: written.status)
            )
        }
        if try await find() { return Observation(.pass("sample \(mark) was read back"), facts: facts) }
        return Observation(.fail("sample \(mark) was written and cannot be read back yet"), facts: facts)
    }

    /// FNV-1a, 64 bits; for difference, not for secrecy.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
