import MigrateCore
import TestSupport
import Testing

/// What every store behind the port keeps to.
@Suite struct JournalContractTests {
    @Test(arguments: JournalUnderTest.allCases)
    func eventsComeBackAsTheyWereAppended(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            let entries = Samples.entries()
            try journal.append(Array(entries[..<5]), evidence: [], to: 1, under: lease)
            try journal.append(Array(entries[5...]), evidence: [], to: 1, under: lease)
            #expect(try journal.events(of: 1) == entries)
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func runsAreNumberedAndTheLatestIsFound(store: JournalUnderTest) throws {
        try store.with { journal throws in
            #expect(try journal.latestRun() == nil)
            let lease = try journal.acquireLease(Samples.claim(), takesOver: false)
            var header = Samples.header
            header.number = 1
            #expect(try journal.begin(Samples.header, under: lease) == header)
            #expect(try journal.latestRun() == header)
            #expect(try journal.begin(Samples.header, under: lease).number == 2)
            #expect(try journal.latestRun()?.number == 2)
            #expect(try journal.events(of: 2) == [])
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aLostLeaseWritesNothing(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            try journal.append(Samples.entries(from: 1, Array(Samples.events[..<1])), evidence: [], to: 1, under: lease)
            let other = try journal.acquireLease(Samples.claim(process: 101) { _ in true }, takesOver: false)
            #expect(throws: LeaseLost()) {
                try journal.append(
                    Samples.entries(from: 2),
                    evidence: [Samples.evidence("late", at: 2)],
                    to: 1,
                    under: lease
                )
            }
            #expect(throws: LeaseLost()) { try journal.begin(Samples.header, under: lease) }
            #expect(throws: LeaseLost()) { try journal.renew(lease, at: Samples.noon) }
            try journal.release(lease)
            #expect(try journal.currentLease()?.epoch == other.epoch)
            #expect(try journal.events(of: 1).count == 1)
            #expect(try journal.evidence(of: 1, step: nil) == [])
            #expect(try journal.latestRun()?.number == 1)
            try journal.append(Samples.entries(from: 2), evidence: [], to: 1, under: other)
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aReleasedLeaseWritesNothing(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            try journal.release(lease)
            #expect(throws: LeaseLost()) {
                try journal.append(Samples.entries(), evidence: [], to: 1, under: lease)
            }
            #expect(try journal.events(of: 1) == [])
        }
    }

    @Test(arguments: JournalUnderTest.allCases, [[2], [0], [1, 3], [1, 1]])
    func eventsOutOfSequenceAreRefusedWhole(store: JournalUnderTest, sequences: [Int]) throws {
        try store.withRun { journal, lease throws in
            let entries = sequences.map { JournalEntry(sequence: $0, at: Samples.noon, event: Samples.events[1]) }
            #expect(throws: OutOfSequence.self) {
                try journal.append(entries, evidence: [Samples.evidence("a", at: 1)], to: 1, under: lease)
            }
            #expect(try journal.events(of: 1) == [])
            #expect(try journal.evidence(of: 1, step: nil) == [])
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func evidenceBelongsToAnyEventOfItsBatchOrToTheNext(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            let early = Samples.evidence("early", at: 1)
            try journal.append([], evidence: [early], to: 1, under: lease)
            let batch = [3, 1, 13, 3].map { Samples.evidence("of \($0)", at: $0) }
            try journal.append(Samples.entries(), evidence: batch, to: 1, under: lease)
            let ordered = [early, batch[1], batch[0], batch[3], batch[2]]
            #expect(try journal.evidence(of: 1, step: nil) == ordered)
            let last = Samples.evidence("last", at: 13)
            try journal.append(
                Samples.entries(from: 13, [Samples.events[1]]),
                evidence: [last],
                to: 1,
                under: lease
            )
            #expect(try journal.evidence(of: 1, step: nil) == ordered + [last])
        }
    }

    @Test(arguments: JournalUnderTest.allCases, [(3, 4, 6), (7, 6, 6), (7, 4, 4)])
    func evidenceOfNoEventOfItsBatchIsRefused(store: JournalUnderTest, place: (of: Int, nearest: Int, next: Int)) throws
    {
        try store.withRun { journal, lease throws in
            try journal.append(Samples.entries(from: 1, Array(Samples.events[..<3])), evidence: [], to: 1, under: lease)
            let batch = Samples.entries(from: 4, Array(Samples.events[3..<place.next - 1]))
            #expect(throws: OutOfSequence(run: 1, expected: place.nearest, found: place.of)) {
                try journal.append(batch, evidence: [Samples.evidence("a", at: place.of)], to: 1, under: lease)
            }
            #expect(try journal.events(of: 1).count == 3)
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func evidenceIsFoundByStepAndInOrder(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            let first = Samples.evidence("first", at: 1)
            let second = Samples.evidence("second", at: 1)
            let third = Samples.evidence("third", step: nil, at: 2)
            try journal.append([], evidence: [first], to: 1, under: lease)
            try journal.append(
                Samples.entries(from: 1, Array(Samples.events[..<1])),
                evidence: [second],
                to: 1,
                under: lease
            )
            try journal.append(
                Samples.entries(from: 2, Array(Samples.events[..<1])),
                evidence: [third],
                to: 1,
                under: lease
            )
            #expect(try journal.evidence(of: 1, step: nil) == [first, second, third])
            #expect(try journal.evidence(of: 1, step: Samples.bucket) == [first, second])
            #expect(try journal.evidence(of: 1, step: StepID("other")) == [])
            #expect(try journal.evidence(of: 2, step: nil) == [])
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aRunThatWasNotBegunTakesNoEvents(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            #expect(throws: NoSuchRun(number: 2)) {
                try journal.append(Samples.entries(), evidence: [], to: 2, under: lease)
            }
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func requestsAreNumberedAndNeedNoLease(store: JournalUnderTest) throws {
        try store.with { journal throws in
            let acts: [RunRequest.Act] = [
                .approve("cutover", comment: "go", digest: nil, principal: nil), .pause,
                .skip(Samples.bucket, reason: "done by hand"),
            ]
            let requests = try acts.map { try journal.insert($0, by: "lee", at: Samples.noon) }
            #expect(requests.map(\.id) == [1, 2, 3])
            #expect(requests.map(\.act) == acts)
            #expect(try journal.requests(after: 0) == requests)
            #expect(try journal.requests(after: 2) == [requests[2]])
            #expect(try journal.requests(after: 3) == [])
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func whatWasAskedOfOneRunIsNotAskedOfTheNext(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            let first = try journal.insert(.pause, by: "lee", at: Samples.noon)
            #expect(try journal.requests(after: 0) == [first])
            _ = try journal.begin(Samples.header, under: lease)
            #expect(try journal.requests(after: 0) == [])
            let second = try journal.insert(.backOut(), by: "lee", at: Samples.noon)
            #expect(second.id == 2)
            #expect(try journal.requests(after: 0) == [second])
        }
    }
}
