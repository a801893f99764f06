import MigrateCore

extension RunbookParser {
    /// Notices in the order written.
    mutating func notices(_ fields: Fields) -> [NoticeDeclaration] {
        (reader.elements("notices", in: fields) ?? []).compactMap { notice($0) }
    }

    private mutating func notice(_ value: SourceValue) -> NoticeDeclaration? {
        let keys = ["id", "on", "do", "with", "timeout"]
        guard let fields = reader.fields(of: value, "a notice", allowed: keys) else { return nil }
        require(["id", "do"], in: fields, "a notice")
        let id = reader.text("id", in: fields)
        let moments = moments(fields)
        let timeout = reader.duration("timeout", in: fields)
        if timeout == .zero, let member = fields.members["timeout"] {
            reader.add("`timeout` must be longer than nothing", at: member.value)
        }
        let parameters = with(fields)
        reader.checkTemplates(in: parameters)
        guard let id, let place = fields.members["do"]?.value, let kind = reader.text("do", in: fields) else {
            return nil
        }
        var notice = NoticeDeclaration(
            id: id,
            location: fields.members["id"].map { Self.place(of: $0.value) } ?? Self.place(of: value),
            kind: kind,
            kindLocation: Self.place(of: place),
            parameters: parameters
        )
        notice.moments = moments
        notice.timeout = timeout
        return notice
    }

    /// Moments under `on`, each once; nil when it is left out.
    private mutating func moments(_ fields: Fields) -> [RunMoment.Kind]? {
        guard let member = fields.members["on"] else { return nil }
        let elements: [SourceValue]
        switch member.value.content {
        case .list(let list): elements = list
        case .scalar, .mapping: elements = [member.value]
        }
        if elements.isEmpty {
            reader.add(
                "`on` names no moment",
                at: member.value,
                hint: "a notice that tells of nothing tells nobody: leave `on` out to tell of everything"
            )
        }
        var moments: [RunMoment.Kind] = []
        for element in elements {
            guard let word = reader.text(element, "a moment in `on`") else { continue }
            guard let kind = RunMoment.Kind(rawValue: word) else {
                let words = RunMoment.Kind.allCases.map(\.rawValue)
                reader.add(
                    "unknown moment `\(word)`",
                    at: element,
                    hint: Spelling.suggestion(for: word, among: words).map { "did you mean `\($0)`?" }
                        ?? "there are " + words.map { "`\($0)`" }.joined(separator: ", ")
                )
                continue
            }
            if moments.contains(kind) {
                reader.add("`\(word)` stands there twice", at: element, hint: "each moment is told once")
            } else {
                moments.append(kind)
            }
        }
        return moments
    }
}
