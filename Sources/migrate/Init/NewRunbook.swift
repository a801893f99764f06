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
    func text(naming environment: String, in language: Language) -> String {
        var lines = [
            language.says(
                "\(folder): \(files.count) files, from `\(template)`",
                ko: "\(folder): 파일 \(files.count)개, 템플릿 `\(template)`"
            )
        ]
        if missing.isEmpty {
            lines.append(
                language.says(
                    "\(self.environment) gives every variable that has no default",
                    ko: "기본값이 없는 변수는 모두 \(self.environment)에 있음"
                )
            )
        } else {
            let names = missing.joined(separator: ", ")
            lines.append(
                language.says(
                    "to be filled in, in \(self.environment): \(names)",
                    ko: "\(self.environment)에 채울 것: \(names)"
                )
            )
        }
        if !examples.isEmpty {
            lines.append(
                language.says(
                    "to be copied without `.example`, and filled in:",
                    ko: "`.example` 없이 복사해 채울 것:"
                )
            )
            lines += examples.map { "  \($0)" }
        }
        let next = "`migrate validate --runbook \(folder) --env \(environment)`"
        lines.append(language.says("next: \(next)", ko: "다음: \(next)"))
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
