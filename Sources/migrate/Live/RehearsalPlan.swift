import MigrateCore

/// What a runbook says of its own rehearsal, in `rehearsal.json` beside it; all of it may be left out.
struct RehearsalPlan: Sendable {
    /// World to begin with.
    var scenario: String
    /// Program and arguments that prepare a running sandbox; given its folder, it prints `{"environment", "values"}`.
    var prepare: [String]
    /// Places of the world that may change in a rehearsal, and why.
    var ignored: [String: String]

    /// Reads the file of `folder`.
    ///
    /// Throws: `FileFailure`, `ValueSyntaxError`.
    init(of folder: RunbookFolder, runbook: String, files: LocalFiles) throws {
        var given = Value.null
        if let bytes = try files.read("\(folder.folder)/rehearsal.json") { given = try Value(parsing: bytes) }
        scenario = given["scenario"].string ?? runbook
        prepare = (given["prepare"].array ?? []).compactMap(\.string)
        ignored = (given["ignored"].object ?? [:]).compactMapValues(\.string)
    }
}
