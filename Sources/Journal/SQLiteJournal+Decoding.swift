import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Decodes the JSON text in `column` of `row` by `read`; `what` names it in a fault.
    ///
    /// Why by a closure: for events and plans there is a short way, which only the type as it is written out chooses.
    /// Throws: `JournalFault.corrupted`.
    func decode<Subject>(
        from row: Row,
        column: Int,
        what: @autoclosure () -> String,
        _ read: (UnsafeBufferPointer<UInt8>) throws -> Subject
    ) throws -> Subject {
        try naming(what) {
            try row.withUnsafeData(atIndex: column) { data in
                try (data ?? Data()).withUnsafeBytes { try read($0.bindMemory(to: UInt8.self)) }
            }
        }
    }

    /// Decodes the JSON text in `column` of `row` by `read`; `what` names it in a fault.
    ///
    /// Throws: `JournalFault.corrupted`.
    func decode<Subject>(
        from row: DirectRow,
        column: Int32,
        what: @autoclosure () -> String,
        _ read: (UnsafeBufferPointer<UInt8>) throws -> Subject
    ) throws -> Subject {
        try naming(what) { try row.withBytes(column, read) }
    }

    private func naming<Subject>(_ what: () -> String, _ read: () throws -> Subject) throws -> Subject {
        do {
            return try read()
        } catch let error as ValueSyntaxError {
            throw corrupted("\(what()): \(error.message) at byte \(error.offset)")
        } catch let error as DecodingError {
            throw corrupted("\(what()): \(Self.reason(error))")
        }
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
