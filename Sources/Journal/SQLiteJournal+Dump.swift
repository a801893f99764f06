import Digest
import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Hands over the events of `run` in order, each with its evidence as one line of JSON.
    ///
    /// Shape: `{"at":1768277106000,"epoch":1,"event":{…},"evidence":[…],"hash":"…","kind":"step.succeeded",
    /// "previous":"…","run":1,"sequence":7,"step":"bucket"}`; the bytes of `event` are those that were hashed.
    /// Throws: `NoSuchRun`, `JournalFault`, and what `line` throws.
    public func dump(of run: Int, after sequence: Int = 0, _ line: (String) throws -> Void) throws {
        for text in try lines(of: run, after: sequence) { try line(text) }
    }

    private func lines(of run: Int, after sequence: Int) throws -> [String] {
        try read { db in
            _ = try Self.head(of: run, in: db)
            let evidence = try Self.evidenceTexts(of: run, after: sequence, in: db)
            let rows = try Self.wholeRows(of: run, after: sequence, in: db)
            var lines: [String] = []
            while let row = try rows.next() {
                lines.append(try Self.line(row, run: run, evidence: evidence))
            }
            return lines
        }
    }

    private static func line(_ row: Row, run: Int, evidence: [Int: [String]]) throws -> String {
        let sequence: Int = try row.decode(atIndex: 0)
        let step: String? = try row.decode(atIndex: 4)
        let members: [(String, String)] = try [
            ("at", String(row.decode(Int64.self, atIndex: 1))),
            ("epoch", String(row.decode(Int.self, atIndex: 2))),
            ("event", row.decode(String.self, atIndex: 5)),
            ("evidence", "[" + (evidence[sequence] ?? []).joined(separator: ",") + "]"),
            ("hash", "\"" + Hex.encode(Array(row.decode(Data.self, atIndex: 7))) + "\""),
            ("kind", Value.string(row.decode(String.self, atIndex: 3)).text),
            ("previous", "\"" + Hex.encode(Array(row.decode(Data.self, atIndex: 6))) + "\""),
            ("run", String(run)),
            ("sequence", String(sequence)),
            ("step", step.map { Value.string($0).text } ?? "null"),
        ]
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// Evidence as JSON, by the event it was written with.
    private static func evidenceTexts(of run: Int, after sequence: Int, in db: Database) throws -> [Int: [String]] {
        let query = """
            SELECT sequence, step, stage, body FROM evidence WHERE run = ? AND sequence > ? ORDER BY sequence, ordinal
            """
        let rows = try Row.fetchCursor(db.cachedStatement(sql: query), arguments: [run, sequence])
        var texts: [Int: [String]] = [:]
        while let row = try rows.next() {
            let step: String? = try row.decode(atIndex: 1)
            let members = try [
                "\"evidence\":\(row.decode(String.self, atIndex: 3))",
                "\"stage\":\(Value.string(row.decode(atIndex: 2)).text)",
                "\"step\":\(step.map { Value.string($0).text } ?? "null")",
            ]
            let text = "{" + members.joined(separator: ",") + "}"
            texts[try row.decode(atIndex: 0), default: []].append(text)
        }
        return texts
    }
}
