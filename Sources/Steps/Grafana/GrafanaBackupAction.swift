import MigrateCore
import Network

/// Writes Grafana's dashboards, data sources and folders to files.
struct GrafanaBackupAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "grafana.backup",
        role: .action,
        summary: "Writes every dashboard of Grafana, its folders and data sources (without secrets) to files",
        parameters: HTTPCall.parameters + [
            .required("directory", .string, "Directory for the files, relative to the runbook")
        ],
        effect: .convergent,
        rollback: .keep,
        undo: "nothing is undone: files of a backup are evidence",
        facts: ["dashboards": "how many dashboards were written", "files": "how many files"],
        source: "https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/, read 2026-11-21",
        example: """
            - id: dashboards-backup
              do: grafana.backup
              with: {url: "${grafana}", token: "${secrets.grafana_token}", directory: backup/grafana}
            """
    )

    private static let pageSize = 1000

    private let call: HTTPCall
    private let directory: String

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        directory = try parameters.string("directory")
        guard !directory.split(separator: "/").contains("..") else {
            throw ParameterError("directory", "must not lead out of the runbook's directory")
        }
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// Each run writes anew: the record alone tells of the last one.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["directory": .string(directory)] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["directory"] == expected["directory"] }

    func facts(of image: Value) -> [String: Value] {
        ["dashboards": image["dashboards"], "files": image["files"]]
    }

    func summary(from: Value, to: Value) -> String { "write Grafana's dashboards to `\(directory)`" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else { throw Refusal("files of a backup are not deleted by `migrate`") }
        let rows = try await search(world)
        var files = 0
        for row in rows {
            guard let uid = row["uid"].string else { continue }
            let answer = try await get("/api/dashboards/uid/\(PercentCode.text(uid))", world)
            try await write(answer, "dashboards/\(Self.fileName(uid)).json", world)
            files += 1
        }
        for (name, path) in [("folders", "/api/folders?limit=1000"), ("datasources", "/api/datasources")] {
            try await write(try await get(path, world), "\(name).json", world)
            files += 1
        }
        return ["dashboards": .integer(Int64(rows.count)), "files": .integer(Int64(files))]
    }

    private func search(_ world: World) async throws -> [Value] {
        var found: [Value] = []
        for page in 1... {
            let rows = try await get("/api/search?type=dash-db&limit=\(Self.pageSize)&page=\(page)", world).array ?? []
            let known = Set(found.compactMap { $0["uid"].string })
            // A server that ignores `page` would send the first one for ever.
            let fresh = rows.filter { !known.contains($0["uid"].interpolated) }
            found += fresh
            if rows.count < Self.pageSize || fresh.isEmpty { break }
        }
        return found
    }

    private func get(_ path: String, _ world: World) async throws -> Value {
        do {
            return try await world.send(call.request("GET", path)).requireJSON("Grafana")
        } catch let problem as Problem {
            // What was only read has changed nothing, and files are written again as a whole.
            throw KnownOutcome(.notApplied(problem, isTransient: false))
        }
    }

    private func write(_ value: Value, _ name: String, _ world: World) async throws {
        try await world.files.write(Array((value.indentedText + "\n").utf8), to: "\(directory)/\(name)")
    }

    /// A uid as a file name; Grafana takes letters, digits, `-` and `_` in it.
    private static func fileName(_ uid: String) -> String {
        String(uid.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" })
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let members = receipt.object else {
            return .failed(Problem("it is not known what was written", hint: "run the step again: it writes all anew"))
        }
        let after = Value.object(members.merging(["directory": to["directory"]]) { $1 })
        return .settled(after: after, facts: facts(of: after))
    }
}
