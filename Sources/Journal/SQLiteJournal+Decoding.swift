import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Decodes the JSON text in `column` of `row`; `what` names it in a fault.
    ///
    /// Throws: `JournalFault.corrupted`.
    func decode<Subject: Decodable>(
        _ type: Subject.Type,
        from row: Row,
        column: Int,
        what: @autoclosure () -> String
    ) throws -> Subject {
        do {
            let value = try row.withUnsafeData(atIndex: column) { try Value(parsing: $0 ?? Data()) }
            return try ValueDecoder.decode(type, from: value)
        } catch let error as ValueSyntaxError {
            throw corrupted("\(what()): \(error.message) at byte \(error.offset)")
        } catch let error as DecodingError {
            throw corrupted("\(what()): \(Self.reason(error))")
        }
    }

    /// Decodes the JSON text in `column` of `row`; nil when there is none.
    ///
    /// Throws: `JournalFault.corrupted`.
    func decodeIfPresent<Subject: Decodable>(
        _ type: Subject.Type,
        from row: Row,
        column: Int,
        what: @autoclosure () -> String
    ) throws -> Subject? {
        row.hasNull(atIndex: column) ? nil : try decode(type, from: row, column: column, what: what())
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "`\(path)`: \(context.debugDescription)"
        @unknown default:
            return "\(error)"
        }
    }
}
