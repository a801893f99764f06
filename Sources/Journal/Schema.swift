import GRDB

/// Tables of a journal, and what makes a file one.
enum Schema {
    /// Mark of our files in SQLite's header: "MIGR".
    static let applicationID = 0x4D49_4752
    /// Format that this tool writes, and the newest that it reads.
    static let format = 3
    /// First format that keeps how runs stand beside their events.
    static let firstFormatWithStandings = 2
    /// First format in which a run may go over to another definition.
    static let firstFormatWithRevisions = 2
    /// First format whose events stand in their table one after the other, and say whether lines were written with them.
    static let firstFormatInOrder = 3

    /// Makes the tables in an empty file.
    static func create(_ identity: JournalIdentity, in db: Database) throws {
        try db.execute(sql: tables + events(named: "event") + guards + sinceFormat2)
        try db.execute(
            sql: "INSERT INTO identity (only, runbook, environment) VALUES (1, ?, ?)",
            arguments: [identity.runbook, identity.environment]
        )
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(format)")
    }

    /// Says what the file at `path` is about, once it is certain that it is a journal that this tool understands.
    ///
    /// Throws: `JournalFault`. Writes nothing, so that a foreign file is left as it is.
    static func identity(of db: Database, path: String, wanted: JournalIdentity?) throws -> JournalIdentity {
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw JournalFault.notAJournal(path: path)
        }
        let found = try format(of: db)
        guard found <= format else {
            throw JournalFault.newerFormat(path: path, found: found, supported: format)
        }
        guard found > 0, let row = try Row.fetchOne(db, sql: "SELECT runbook, environment FROM identity") else {
            throw JournalFault.corrupted(path: path, detail: "format \(found) without an identity")
        }
        let identity = try JournalIdentity(
            runbook: row.decode(forColumn: "runbook"),
            environment: row.decode(forColumn: "environment")
        )
        if let wanted, wanted != identity {
            throw JournalFault.otherRunbook(path: path, found: identity, wanted: wanted)
        }
        return identity
    }

    /// Format of the file.
    static func format(of db: Database) throws -> Int {
        try DirectStatement("PRAGMA user_version", in: db).first { try $0.int(0) } ?? 0
    }

    /// Brings a file of `format` to this one, but for how runs stand.
    static func bring(from format: Int, in db: Database) throws {
        if format < firstFormatWithStandings { try db.execute(sql: sinceFormat2) }
        if format < firstFormatInOrder { try db.execute(sql: eventsInOrder) }
        try db.execute(sql: "PRAGMA user_version = \(Self.format)")
    }

    /// Tables of format 1, which every later one has as they are.
    ///
    /// Why no time defaults: the clock is injected.
    private static let tables = """
        CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            runbook TEXT NOT NULL CHECK (runbook <> ''),
            environment TEXT NOT NULL CHECK (environment <> '')
        ) STRICT;
        CREATE TABLE run (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            epoch INTEGER NOT NULL CHECK (epoch > 0),
            plan TEXT NOT NULL CHECK (plan <> ''),
            digest TEXT NOT NULL,
            source TEXT NOT NULL,
            initiator TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            tool_version TEXT NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TABLE evidence (
            run INTEGER NOT NULL REFERENCES run (number),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            ordinal INTEGER NOT NULL CHECK (ordinal > 0),
            step TEXT,
            stage TEXT NOT NULL CHECK (stage <> ''),
            body TEXT NOT NULL CHECK (body <> ''),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (run, sequence, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE lease (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            epoch INTEGER NOT NULL CHECK (epoch > 0),
            user TEXT NOT NULL,
            host TEXT NOT NULL,
            process INTEGER NOT NULL,
            process_start TEXT NOT NULL,
            operation TEXT NOT NULL,
            acquired_at INTEGER NOT NULL,
            renewed_at INTEGER NOT NULL,
            is_held INTEGER NOT NULL CHECK (is_held IN (0, 1))
        ) STRICT;
        CREATE TABLE request (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL,
            act TEXT NOT NULL CHECK (act <> ''),
            "by" TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;

        """

    /// Table of events, since format 3.
    ///
    /// Why one number for run and sequence: SQLite fills the pages of such a table one after the other; by a key of two
    /// columns it writes three pages anew for each that is full. Why both beside it: an older tool that had the file
    /// open while this one brought it to its format names them alone; the next number is then the right one in the run
    /// under way, and the event has no lines. In another run it is not, and is refused. Why kinds are checked by family: a new event must not need a new table, and what a body holds
    /// is checked when it is read.
    private static func events(named name: String) -> String {
        """
        CREATE TABLE \(name) (
            id INTEGER PRIMARY KEY CHECK (id = run << 32 | sequence),
            run INTEGER NOT NULL REFERENCES run (number),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            at INTEGER NOT NULL,
            epoch INTEGER NOT NULL CHECK (epoch > 0),
            kind TEXT NOT NULL CHECK (kind GLOB 'run.?*' OR kind GLOB 'step.?*' OR kind GLOB 'change.?*'),
            step TEXT,
            body TEXT NOT NULL CHECK (body <> ''),
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            has_lines INTEGER NOT NULL DEFAULT 0 CHECK (has_lines IN (0, 1))
        ) STRICT;

        """
    }

    /// Moves the events of an older format into the table of this one, as they are.
    private static let eventsInOrder =
        events(named: "event_in_order") + """
            INSERT INTO event_in_order
            SELECT run << 32 | sequence, run, sequence, at, epoch, kind, step, body, previous, hash, 0 FROM event
            ORDER BY run, sequence;
            DROP TABLE event;
            ALTER TABLE event_in_order RENAME TO event;

            """ + guards(of: "event")

    /// Triggers that keep what is written as it was written.
    private static let guards =
        ["identity", "run", "event", "evidence", "request"].map { guards(of: $0) }.joined() + """
            CREATE TRIGGER lease_goes_up BEFORE UPDATE ON lease WHEN NEW.epoch < OLD.epoch
            BEGIN SELECT RAISE(ABORT, 'epochs only go up'); END;
            CREATE TRIGGER lease_is_not_deleted BEFORE DELETE ON lease
            BEGIN SELECT RAISE(ABORT, 'epochs only go up'); END;

            """

    private static func guards(of table: String) -> String {
        """
        CREATE TRIGGER \(table)_is_not_updated BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
        CREATE TRIGGER \(table)_is_not_deleted BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;

        """
    }

    /// What format 2 adds: later definitions of a run, and how runs stand.
    ///
    /// Why the run's line is of an earlier event than its last: it is written when it is to be shown otherwise. Why
    /// standings have no guards: they follow from the events, change with them, and can be made again from them.
    private static let sinceFormat2 =
        """
        CREATE TABLE revision (
            run INTEGER NOT NULL REFERENCES run (number),
            number INTEGER NOT NULL CHECK (number > 1),
            epoch INTEGER NOT NULL CHECK (epoch > 0),
            plan TEXT NOT NULL CHECK (plan <> ''),
            digest TEXT NOT NULL,
            source TEXT NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (run, number)
        ) STRICT;
        CREATE TABLE standing (
            run INTEGER PRIMARY KEY REFERENCES run (number),
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            runbook TEXT NOT NULL,
            environment TEXT NOT NULL,
            title TEXT NOT NULL,
            initiator TEXT NOT NULL,
            started_at INTEGER,
            status TEXT NOT NULL,
            is_session_open INTEGER NOT NULL CHECK (is_session_open IN (0, 1)),
            pause TEXT,
            "end" TEXT,
            changed_at INTEGER,
            time_scale INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE phase_standing (
            run INTEGER NOT NULL REFERENCES run (number),
            place INTEGER NOT NULL CHECK (place >= 0),
            id TEXT NOT NULL,
            title TEXT NOT NULL,
            planned TEXT,
            first_step INTEGER NOT NULL,
            steps INTEGER NOT NULL CHECK (steps >= 0),
            PRIMARY KEY (run, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE step_standing (
            run INTEGER NOT NULL REFERENCES run (number),
            place INTEGER NOT NULL CHECK (place >= 0),
            id TEXT NOT NULL,
            title TEXT NOT NULL,
            kind TEXT NOT NULL,
            rollback TEXT NOT NULL,
            approval TEXT,
            composite TEXT,
            state TEXT NOT NULL,
            is_passed INTEGER NOT NULL CHECK (is_passed IN (0, 1)),
            is_owned INTEGER NOT NULL CHECK (is_owned IN (0, 1)),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            note TEXT,
            problem TEXT,
            hint TEXT,
            started_at INTEGER,
            ended_at INTEGER,
            waits_until INTEGER,
            PRIMARY KEY (run, place)
        ) STRICT, WITHOUT ROWID;

        """ + guards(of: "revision")
}
