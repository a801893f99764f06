import Journal
import MigrateCore
import TestSupport
import Testing

/// Stores that keep the contract of the port.
enum JournalUnderTest: String, CaseIterable, CustomTestStringConvertible {
    case sqlite
    case inMemory

    var testDescription: String { rawValue }

    /// Makes an empty journal, and whatever must live as long as it.
    func make() throws -> (journal: any RunJournal, owner: AnyObject?) {
        switch self {
        case .sqlite:
            let directory = try TemporaryDirectory()
            return (try openNew(in: directory), directory)
        case .inMemory:
            return (InMemoryJournal(), nil)
        }
    }

    /// Runs `body` with an empty journal.
    func with(_ body: (any RunJournal) throws -> Void) throws {
        let made = try make()
        try withExtendedLifetime(made.owner) { try body(made.journal) }
    }

    /// Runs `body` with a journal that has a lease and a begun run.
    func withRun(_ body: (any RunJournal, Lease) throws -> Void) throws {
        try with { journal in
            let lease = try journal.acquireLease(Samples.claim(), takesOver: false)
            _ = try journal.begin(Samples.header, under: lease)
            try body(journal, lease)
        }
    }
}

/// Opens a new journal in `directory`.
func openNew(in directory: TemporaryDirectory) throws -> SQLiteJournal {
    try SQLiteJournal.open(
        path: directory.file("journal.sqlite"),
        wanted: Samples.identity,
        mode: .readWrite(create: true)
    )
}

/// A new SQLite journal with a begun run whose events are those of `Samples`, each third with evidence.
func openFilled(in directory: TemporaryDirectory) throws -> (journal: SQLiteJournal, lease: Lease) {
    let journal = try openNew(in: directory)
    let lease = try journal.acquireLease(Samples.claim(), takesOver: false)
    _ = try journal.begin(Samples.header, under: lease)
    for entry in Samples.entries() {
        let evidence = entry.sequence % 3 == 0 ? ["GET /a", "GET /b"] : []
        try journal.append(
            [entry],
            evidence: evidence.map { Samples.evidence($0, at: entry.sequence) },
            to: 1,
            under: lease
        )
    }
    return (journal, lease)
}
