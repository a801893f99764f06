import Foundation

/// A folder of its own with one runbook, in which `migrate` is run as an operator would.
final class Workplace {
    /// The folder.
    let folder: URL
    /// Variables that programs get; nothing is inherited but what a program needs to run.
    var environment: [String: String]

    /// Makes a folder with `runbook` under `runbooks/small/` and one environment, `test`, with `values`.
    init(runbook: String, values: String = "{}\n") throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "migrate-scenario-\(UUID().uuidString)").resolvingSymlinksInPath()
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment = [
            "PATH": "\(try Binary.find().deletingLastPathComponent().path):\(search)", "HOME": folder.path,
            "LANG": "C.UTF-8",
        ]
        try write(runbook, to: "runbooks/small/runbook.yaml")
        try write(values, to: "runbooks/small/environments/test.yaml")
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(error)") }
    }

    /// Shortens waits, as rehearsals do: every endpoint is a port of this machine at which nobody listens.
    func shortenWaits() {
        environment["MIGRATE_TIME_SCALE"] = "600"
        environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    }

    /// Writes a file below the folder.
    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    /// Whether there is a file at `path` below the folder of the runbook, where its programs run.
    func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }

    /// Text of the file at `path` below the folder.
    func text(of path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// Starts `migrate` with `arguments`.
    func start(_ arguments: String...) throws -> RunningProgram {
        try RunningProgram(try Binary.find(), arguments, in: folder, environment: environment)
    }

    /// Runs `migrate` with `arguments` to its end.
    @discardableResult
    func migrate(_ arguments: String...) async throws -> Outcome {
        try await RunningProgram(try Binary.find(), arguments, in: folder, environment: environment).outcome()
    }

    /// Runs `script` by a shell to its end.
    func shell(_ script: String) async throws -> Outcome {
        try await RunningProgram(URL(filePath: "/bin/sh"), ["-c", script], in: folder, environment: environment)
            .outcome()
    }

    /// `text` without what differs from one run of the tests to the next.
    func masked(_ text: String) -> String { Masks.cover(text, folder: folder.path) }
}

/// What a program said, and how it ended.
struct Outcome: Sendable {
    /// Exit status; that of a shell, 128 and the signal's number, when a signal ended it.
    let status: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let talk: String
}
