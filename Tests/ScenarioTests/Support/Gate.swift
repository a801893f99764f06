import Foundation
import Glibc

/// A pipe with a name, by which a program of a runbook and a test wait for each other.
struct Gate: Sendable {
    struct Fault: Error {
        let call: String
        let number: Int32
    }

    private let path: String

    /// Makes the pipe at `path` below the folder of `workplace`.
    init(_ path: String, in workplace: Workplace) throws {
        self.path = workplace.folder.appending(path: path).path
        guard mkfifo(self.path, 0o600) == 0 else { throw Fault(call: "mkfifo \(path)", number: errno) }
    }

    /// Waits until somebody writes, and gives what was written.
    func word() async throws -> String {
        let path = path
        return try await blocking { (file: FileHandle) in
            String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self).trimmingCharacters(in: .newlines)
        } on: {
            FileHandle(forReadingAtPath: path)
        }
    }

    /// Waits until somebody reads, and lets them go on.
    func open() async throws {
        let path = path
        try await blocking { (file: FileHandle) in
            try file.write(contentsOf: Data("go\n".utf8))
            try file.close()
        } on: {
            FileHandle(forWritingAtPath: path)
        }
    }

    /// Why a thread: opening a pipe waits for its other end, and must not hold up other tests.
    private func blocking<Result: Sendable>(
        _ work: @escaping @Sendable (FileHandle) throws -> Result,
        on file: @escaping @Sendable () -> FileHandle?
    ) async throws -> Result {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Swift.Result {
                            guard let file = file() else { throw Fault(call: "open", number: errno) }
                            return try work(file)
                        }
                    )
                }
            }
        } onCancel: {
            // Why: both ends at once let go whoever waits for the other one.
            let both = Glibc.open(path, O_RDWR | O_NONBLOCK)
            if both >= 0 { close(both) }
        }
    }
}
