import MigrateCore

/// Reads one runbook; goes on after each mistake, so that all are found.
struct RunbookParser {
    /// Reads members and gathers mistakes.
    var reader = FieldReader()
    /// Ids of steps that stand in the file but could not be read.
    var unreadableSteps: Set<String> = []

    private let document: YAMLDocument
    private let file: String

    init(text: String, file: String) {
        document = YAMLDocument(text: text, file: file)
        self.file = file
        reader.problems = document.problems
    }

    /// Mistakes found so far.
    var problems: [Diagnostic] { reader.problems }

    /// Runbook as far as it can be read; nil when nothing of it can.
    mutating func runbook() -> Runbook? {
        guard let root = document.value else {
            if problems.isEmpty {
                reader.problems.append(
                    Diagnostic(
                        "the runbook is empty",
                        at: SourceLocation(file: file, line: 1, column: 1),
                        hint: "`migrate init` writes one to start from"
                    )
                )
            }
            return nil
        }
        let keys = ["migrate", "runbook", "title", "variables", "secrets", "approvals", "notices", "phases"]
        guard let fields = reader.fields(of: root, "a runbook", allowed: keys) else { return nil }
        checkFormat(fields)
        require(["runbook", "phases"], in: fields, "a runbook")
        let id = reader.text("runbook", in: fields)
        if let id, let member = fields.members["runbook"], !Self.isName(id) {
            reader.add(
                "`\(id)` cannot name a runbook",
                at: member.value,
                hint: "the name is also a file's: small letters, digits and `-`"
            )
        }
        var runbook = Runbook(
            id: id ?? "",
            title: reader.localized("title", in: fields) ?? LocalizedText(id ?? "")
        )
        runbook.variables = variables(fields)
        runbook.secrets = secrets(fields, sources: &runbook.secretSources)
        runbook.approvals = approvals(fields)
        runbook.notices = notices(fields)
        runbook.phases = phases(fields)
        return runbook
    }

    private mutating func checkFormat(_ fields: Fields) {
        guard let member = fields.members["migrate"] else {
            if !fields.holds("migrate") {
                reader.add("the format is missing", at: fields.place, hint: "begin the file with `migrate: 1`")
            }
            return
        }
        guard member.value.value != .integer(1) else { return }
        reader.add(
            "this tool reads format 1, not \(FieldReader.words(for: member.value))",
            at: member.value,
            hint: "write `migrate: 1`, or use the `migrate` that the runbook was written for"
        )
    }

    /// Notes each of `names` that `fields` lacks.
    mutating func require(_ names: [String], in fields: Fields, _ noun: String) {
        for name in names where !fields.holds(name) {
            reader.add("\(noun) needs `\(name)`", at: fields.place, hint: "add `\(name): …`")
        }
    }

    /// Whether `text` matches `[a-z0-9][a-z0-9-]*`.
    static func isName(_ text: String) -> Bool {
        !text.hasPrefix("-")
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private mutating func phases(_ fields: Fields) -> [PhaseDeclaration] {
        guard let elements = reader.elements("phases", in: fields) else { return [] }
        if elements.isEmpty, let member = fields.members["phases"] {
            reader.add("a runbook needs at least one phase", atNameOf: member)
        }
        return elements.compactMap { phase($0) }
    }

    private mutating func phase(_ value: SourceValue) -> PhaseDeclaration? {
        let keys = ["id", "title", "planned", "timeout", "requires", "steps"]
        guard let fields = reader.fields(of: value, "a phase", allowed: keys) else { return nil }
        require(["id", "steps"], in: fields, "a phase")
        let id = reader.text("id", in: fields)
        let title = reader.localized("title", in: fields)
        var phase = PhaseDeclaration(
            id: PhaseID(id ?? ""),
            location: fields.members["id"]?.value.location ?? Self.place(of: value),
            title: title ?? LocalizedText(id ?? "")
        )
        phase.planned = reader.duration("planned", in: fields)
        phase.timeout = reader.duration("timeout", in: fields)
        if let member = fields.members["requires"] { phase.requirement = requirement(member.value) }
        let elements = reader.elements("steps", in: fields)
        phase.steps = (elements ?? []).compactMap { step($0) }
        // Why dropped: without an id the phase has been reported, and an empty list is reported where names are
        // checked.
        let isKnownBad = id == nil || elements == nil || elements?.isEmpty == false && phase.steps.isEmpty
        return isKnownBad ? nil : phase
    }

    private mutating func requirement(_ value: SourceValue) -> PhaseDeclaration.Requirement {
        let keys = ["rollback", "verified_within"]
        guard let fields = reader.fields(of: value, "`requires`", allowed: keys) else { return .init() }
        return PhaseDeclaration.Requirement(
            rollbackReady: reader.choice("rollback", of: ["ready"], in: fields) != nil,
            verifiedWithin: reader.duration("verified_within", in: fields)
        )
    }

    /// Place of `value`; the first line for one that has none.
    static func place(of value: SourceValue) -> SourceLocation {
        value.location ?? SourceLocation(file: "", line: 1, column: 1)
    }
}
