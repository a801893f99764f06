import MigrateCore

/// What `migrate init` has made, and what is left to its owner.
struct NewRunbook {
    let folder: String
    let template: String
    /// File of the environment, below `folder`.
    let environment: String
    /// All files, below `folder`.
    let files: [String]
    /// Variables that have no value yet.
    let missing: [String]

    /// Files that others are to be copied from and filled in, but for the environment's: that one is there.
    private var examples: [String] { files.filter { $0.hasSuffix(".example") } }

    /// For people.
    ///
    /// `environment` is the name of the environment.
    func text(naming environment: String) -> String {
        var lines = ["\(folder): \(files.count) files, from `\(template)`"]
        if missing.isEmpty {
            lines.append("\(self.environment) gives every variable that has no default")
        } else {
            lines.append("to be filled in, in \(self.environment): \(missing.joined(separator: ", "))")
        }
        if !examples.isEmpty {
            lines.append("to be copied without `.example`, and filled in:")
            lines += examples.map { "  \($0)" }
        }
        lines.append("next: `migrate validate --runbook \(folder) --env \(environment)`")
        return lines.joined(separator: "\n")
    }

    /// For programs.
    var json: Value {
        .object([
            "folder": .string(folder), "template": .string(template), "environment": .string(environment),
            "files": .array(files.map { .string($0) }), "missing": .array(missing.map { .string($0) }),
            "examples": .array(examples.map { .string($0) }),
        ])
    }
}
