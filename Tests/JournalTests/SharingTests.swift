import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// Several connections and processes on one file.
@Suite struct SharingTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func manyThatCreateAtOnceGetOneJournal() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for process in 1...8 {
                group.addTask { [directory] in
                    let journal = try openNew(in: directory)
                    _ = try journal.insert(.pause, by: "\(process)", at: Samples.noon)
                }
            }
            try await group.waitForAll()
        }
        let requests = try openNew(in: directory).requests(after: 0)
        #expect(Set(requests.map(\.by)).count == 8)
        #expect(requests.map(\.id) == Array(1...8))
    }

    @Test func ofManyThatAskAtOnceOneGetsTheLease() async throws {
        try openNew(in: directory).close()
        let epochs = await withTaskGroup(of: Int?.self) { group in
            for process in 1...8 {
                group.addTask { [directory] in
                    try? openNew(in: directory).acquireLease(
                        Samples.claim(process: Int32(process)),
                        takesOver: false
                    ).epoch
                }
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(epochs == [1])
    }

    @Test func requestsOfASecondWriterReachTheHolder() throws {
        let (journal, lease) = try openFilled(in: directory)
        let other = try openNew(in: directory)
        let request = try other.insert(
            .approve("cutover", comment: nil, digest: nil, principal: nil),
            by: "lee",
            at: Samples.noon
        )
        #expect(try journal.requests(after: 0) == [request])
        #expect(throws: LeaseHeld.self) {
            try other.acquireLease(Samples.claim(process: 101), takesOver: false)
        }
        try journal.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: lease)
        #expect(try other.events(of: 1).count == 13)
    }

    @Test func aTakenLeaseStopsTheOldHolderInAnotherProcess() async throws {
        let (journal, lease) = try openFilled(in: directory)
        let path = journal.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let other = try SQLiteJournal.open(
                path: path,
                wanted: Samples.identity,
                mode: .readWrite(create: false)
            )
            let later = Samples.claim(process: 101, at: Samples.noon + .seconds(61))
            #expect(throws: LeaseHeld.self) { try other.acquireLease(later, takesOver: false) }
            let taken = try other.acquireLease(later, takesOver: true)
            try other.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: taken)
        }
        #expect(throws: LeaseLost()) {
            try journal.append(Samples.entries(from: 14, [Samples.events[1]]), evidence: [], to: 1, under: lease)
        }
        #expect(throws: LeaseLost()) { try journal.renew(lease, at: Samples.noon) }
        #expect(try journal.currentLease()?.epoch == 2)
        #expect(try journal.events(of: 1).count == 13)
        #expect(try journal.verifyChain(of: 1).isIntact)
    }
}
