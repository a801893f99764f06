import GRDB
import MigrateCore

/// What a run told people, as its row holds it.
///
/// Why a table of its own, made when it is first needed: most runs tell nobody, and an older tool that reads the file
/// does not look for it.
enum NoticeRow {
    private static let table = """
        CREATE TABLE IF NOT EXISTS notice_standing (
            run INTEGER PRIMARY KEY REFERENCES run (number),
            notices TEXT NOT NULL
        ) STRICT
        """

    /// Writes the notices of `run`, in place of those before; nothing where it told nobody.
    static func write(_ notices: [NoticeRecord]?, of run: Int, into db: Database) throws {
        guard let notices else { return }
        try db.execute(sql: table)
        try db.cachedStatement(sql: "REPLACE INTO notice_standing (run, notices) VALUES (?, ?)")
            .execute(arguments: [run, TextColumn.json(notices)])
    }

    /// Notices of `run`; nil where it told nobody.
    static func read(of run: Int, in db: Database, of journal: SQLiteJournal) throws -> [NoticeRecord]? {
        let exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'notice_standing'"
        guard try Int.fetchOne(db.cachedStatement(sql: exists)) != nil else { return nil }
        let query = "SELECT notices FROM notice_standing WHERE run = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: query), arguments: [run]) else { return nil }
        return try journal.decode(from: row, column: 0, what: "notices of run \(run)") {
            try ValueDecoder.decode([NoticeRecord].self, parsing: $0)
        }
    }
}
