import MigrateCore
import TestSupport
import Testing

/// Who may take the lease, in every store behind the port.
@Suite struct LeaseContractTests {
    private static let dead: @Sendable (LeaseRecord) -> Bool = { _ in true }

    @Test(arguments: JournalUnderTest.allCases)
    func theFirstLeaseIsNumberOneAndIsShown(store: JournalUnderTest) throws {
        try store.with { journal throws in
            #expect(try journal.currentLease() == nil)
            let claim = Samples.claim()
            #expect(try journal.acquireLease(claim, takesOver: false) == Lease(epoch: 1))
            #expect(try journal.currentLease() == claim.record(epoch: 1))
        }
    }

    @Test(arguments: JournalUnderTest.allCases, [false, true])
    func aRenewedLeaseGivesWayToNobody(store: JournalUnderTest, takesOver: Bool) throws {
        try store.with { journal throws in
            let lease = try journal.acquireLease(Samples.claim(), takesOver: false)
            try journal.renew(lease, at: Samples.noon + .seconds(50))
            var holder = Samples.claim().record(epoch: 1)
            holder.renewedAt = Samples.noon + .seconds(50)
            let late = Samples.claim(process: 101, at: Samples.noon + .seconds(109))
            #expect(throws: LeaseHeld(holder: holder, isExpired: false)) {
                try journal.acquireLease(late, takesOver: takesOver)
            }
            try journal.renew(lease, at: Samples.noon + .seconds(60))
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func anExpiredLeaseNeedsAPersonToTakeOver(store: JournalUnderTest) throws {
        try store.with { journal throws in
            _ = try journal.acquireLease(Samples.claim(), takesOver: false)
            let late = Samples.claim(process: 101, at: Samples.noon + LeaseRecord.lifetime)
            #expect(throws: LeaseHeld(holder: Samples.claim().record(epoch: 1), isExpired: true)) {
                try journal.acquireLease(late, takesOver: false)
            }
            #expect(try journal.acquireLease(late, takesOver: true) == Lease(epoch: 2))
            #expect(try journal.currentLease() == late.record(epoch: 2))
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aClockSetBackDoesNotKeepALeaseForEver(store: JournalUnderTest) throws {
        try store.with { journal throws in
            _ = try journal.acquireLease(Samples.claim(), takesOver: false)
            let earlier = Samples.claim(process: 101, at: Samples.noon + .seconds(-3600))
            #expect(try journal.acquireLease(earlier, takesOver: true) == Lease(epoch: 2))
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aHolderDeadOnThisHostGivesWayAtOnce(store: JournalUnderTest) throws {
        try store.with { journal throws in
            _ = try journal.acquireLease(Samples.claim(), takesOver: false)
            let next = Samples.claim(process: 101, isDead: Self.dead)
            #expect(try journal.acquireLease(next, takesOver: false) == Lease(epoch: 2))
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func deathOnAnotherHostIsNotBelieved(store: JournalUnderTest) throws {
        try store.with { journal throws in
            _ = try journal.acquireLease(Samples.claim(host: "other"), takesOver: false)
            #expect(throws: LeaseHeld.self) {
                try journal.acquireLease(Samples.claim(process: 101, isDead: Self.dead), takesOver: false)
            }
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aReleasedLeaseIsFreeAndItsNumberIsNotUsedAgain(store: JournalUnderTest) throws {
        try store.with { journal throws in
            let first = try journal.acquireLease(Samples.claim(), takesOver: false)
            try journal.release(first)
            #expect(try journal.currentLease() == nil)
            #expect(throws: LeaseLost()) { try journal.renew(first, at: Samples.noon) }
            let second = try journal.acquireLease(Samples.claim(process: 101), takesOver: false)
            #expect(second == Lease(epoch: 2))
            try journal.release(first)
            #expect(try journal.currentLease()?.epoch == 2)
        }
    }
}
