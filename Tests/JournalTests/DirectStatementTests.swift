import GRDB
import Testing

import struct Foundation.Data

@testable import Journal

/// Statements that go to SQLite without anything in between put in and read what GRDB would.
@Suite struct DirectStatementTests {
    private static let insertion = "INSERT INTO thing VALUES (?, ?, ?, ?)"

    private func withThings(_ body: (Database) throws -> Void) throws {
        try DatabaseQueue().write { db in
            try db.execute(
                sql: "CREATE TABLE thing (number INTEGER CHECK (number <> 13), text TEXT, blob BLOB, note TEXT) STRICT"
            )
            try body(db)
        }
    }

    @Test func whatIsPutInIsThere() throws {
        try withThings { db in
            let insert = try DirectStatement(Self.insertion, in: db)
            try insert.run(7, "", BlobBytes(bytes: []), String?.none)
            try insert.run(Int64.min, "한글", BlobBytes(bytes: [0, 255]), "note")
            try insert.run(true, TextBytes(bytes: Array("x".utf8)), BlobBytes(bytes: [1]), TextBytes(bytes: []))
            let kept = try Row.fetchAll(db, sql: "SELECT * FROM thing").map { row in
                try "\(row.decode(Int64.self, atIndex: 0)) \(row.decode(String.self, atIndex: 1))"
                    + " \(Array(row.decode(Data.self, atIndex: 2))) \(row.decode(String?.self, atIndex: 3) ?? "nothing")"
            }
            #expect(kept == ["7  [] nothing", "\(Int64.min) 한글 [0, 255] note", "1 x [1] "])
        }
    }

    @Test func whatIsThereIsReadInOrder() throws {
        try withThings { db in
            try db.execute(sql: "INSERT INTO thing VALUES (2, 'b', x'0102', NULL), (1, 'a', x'', 'é')")
            var seen: [String] = []
            try DirectStatement("SELECT * FROM thing WHERE number > ? ORDER BY number", in: db).all(0) { row in
                let note = try row.optionalText(3) ?? "nothing"
                seen.append("\(try row.int(0)) \(try row.text(1)) \(row.bytes(2)) \(note)")
            }
            #expect(seen == ["1 a [] é", "2 b [1, 2] nothing"])
            let one = try DirectStatement("SELECT text FROM thing WHERE number = ?", in: db)
            #expect(try one.first(2) { try $0.text(0) } == "b")
            #expect(try one.first(3) { try $0.text(0) } == nil)
        }
    }

    @Test func aColumnThatHoldsSomethingElseIsDamage() throws {
        try withThings { db in
            try db.execute(sql: "INSERT INTO thing VALUES (NULL, 'b', x'', NULL)")
            let statement = try DirectStatement("SELECT * FROM thing", in: db)
            for column in [Int32(0), 1] {
                let error = #expect(throws: DatabaseError.self) { try statement.first { try $0.int(column) } }
                #expect(error?.resultCode == .SQLITE_CORRUPT)
            }
            #expect(throws: DatabaseError.self) { try statement.first { try $0.text(3) } }
            #expect(try statement.first { try $0.optionalInt(0) } == .some(nil))
        }
    }

    @Test func aRefusalIsSaidAndTheStatementGoesOn() throws {
        try withThings { db in
            let insert = try DirectStatement(Self.insertion, in: db)
            let error = #expect(throws: DatabaseError.self) { try insert.run(13, "", BlobBytes(bytes: []), "") }
            #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_CHECK)
            try insert.run(14, "a", BlobBytes(bytes: []), "")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM thing") == 1)
        }
    }
}
