import MigrateCore
import Testing

/// What users of other tools ask for: a lock that tells whether its holder is still at work.
@Suite("Wishes: locks that expire")
struct ExpiryWishes {
    private static let noon = Timestamp(milliseconds: 43_200_000)

    private static func claim(_ host: String, after silence: Duration, isDead: Bool = false) -> LeaseClaim {
        LeaseClaim(
            user: "ann",
            host: host,
            process: 2,
            processStart: "200",
            operation: "run",
            at: noon + silence,
            isDead: { _ in isDead }
        )
    }

    @Test("liquibase#6538: a lock is kept up by its holder, and given up once that is gone or silent")
    func aLockIsKeptUpByItsHolder() {
        let holder = LeaseClaim(
            user: "bob",
            host: "bastion",
            process: 1,
            processStart: "100",
            operation: "run",
            at: Self.noon,
            isDead: { _ in false }
        ).record(epoch: 1)
        #expect(LeaseRecord.renewal * 2 < LeaseRecord.lifetime, "one late renewal would lose the lock")

        // Gone from this host: whoever comes, and no person is asked.
        #expect(Self.claim("bastion", after: .zero, isDead: true).refusal(by: holder, takesOver: false) == nil)

        // Renewed in time: nobody, not even by force.
        let held = LeaseHeld(holder: holder, isExpired: false)
        #expect(Self.claim("bastion", after: .seconds(59)).refusal(by: holder, takesOver: true) == held)

        // Silent, and perhaps cut off rather than dead: one word of a person, and no waiting for more.
        let silent = LeaseHeld(holder: holder, isExpired: true)
        #expect(Self.claim("other", after: .seconds(60), isDead: true).refusal(by: holder, takesOver: false) == silent)
        #expect(Self.claim("other", after: .seconds(60)).refusal(by: holder, takesOver: true) == nil)
    }
}
