import MigrateCore

/// Takes secrets out of everything that is kept or shown.
struct Redactor: Sendable {
    /// What stands in a secret's place.
    static let mark = "‹redacted›"

    /// Texts to take out, longest first, so that a secret inside another leaves no rest.
    private let texts: [String]
    private let secrets: [String: String]

    /// Takes `secrets`, by name, and the forms that they take in addresses, JSON and basic authentication.
    init(_ secrets: [String: String]) {
        self.secrets = secrets
        var forms: Set<String> = []
        for text in secrets.values where !text.isEmpty {
            forms.insert(text)
            forms.insert(String(Value.string(text).text.dropFirst().dropLast()))
            // Why not for short ones: three bytes of base64 or percent code turn up anywhere.
            if text.utf8.count >= 6 {
                forms.insert(Base64.text(Array(text.utf8)))
                forms.insert(PercentCode.text(text))
                for line in text.split(whereSeparator: \.isNewline) where line.utf8.count >= 6 {
                    forms.insert(String(line))
                }
            }
        }
        texts = forms.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// `text` without secrets.
    func apply(_ text: String) -> String {
        texts.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.mark) : $0 }
    }

    /// `value` without secrets, names included.
    func apply(_ value: Value) -> Value {
        guard !texts.isEmpty else { return value }
        return switch value {
        case .string(let text): .string(apply(text))
        case .array(let elements): .array(elements.map(apply))
        case .object(let members):
            .object(Dictionary(members.map { (apply($0.key), apply($0.value)) }, uniquingKeysWith: { $1 }))
        case .integer, .number: texts.contains(value.text) ? .string(Self.mark) : value
        case .null, .bool: value
        }
    }

    /// `problem` without secrets.
    func apply(_ problem: Problem) -> Problem { Problem(apply(problem.message), hint: problem.hint.map(apply)) }

    /// `call` without secrets.
    func apply(_ call: CallForecast) -> CallForecast {
        CallForecast(
            summary: apply(call.summary),
            arrival: call.arrival,
            entries: call.entries.map { .init(cells: $0.cells.map(apply), value: apply($0.value)) }
        )
    }

    /// `verdict` without secrets.
    func apply(_ verdict: Verdict) -> Verdict {
        switch verdict {
        case .pass(let seen): .pass(apply(seen))
        case .fail(let seen): .fail(apply(seen))
        case .inconclusive(let seen): .inconclusive(apply(seen))
        case .error(let problem): .error(apply(problem))
        }
    }

    /// `evidence` without secrets, its facts cut to the limit.
    func apply(_ evidence: Evidence) -> Evidence {
        var evidence = evidence
        evidence.subject = apply(evidence.subject)
        evidence.summary = apply(evidence.summary)
        evidence.facts = apply(evidence.facts).cut(to: Self.factLimit)
        return evidence
    }

    /// Most bytes of facts that one piece of evidence keeps.
    static let factLimit = 16 << 10

    /// Name of a secret whose text stands in `value`; nil when none does.
    ///
    /// Short secrets are not looked for: `admin` may rightly stand anywhere.
    func leak(in value: Value) -> String? {
        secrets.sorted { $0.key < $1.key }.first { $0.value.utf8.count >= 8 && value.holds($0.value) }?.key
    }
}

extension Value {
    /// Whether `text` stands anywhere in it.
    fileprivate func holds(_ text: String) -> Bool {
        switch self {
        case .string(let own): own.contains(text)
        case .array(let elements): elements.contains { $0.holds(text) }
        case .object(let members): members.contains { $0.key.contains(text) || $0.value.holds(text) }
        case .null, .bool, .integer, .number: false
        }
    }

    /// This value, or the beginning of its text when that is longer than `limit` bytes.
    func cut(to limit: Int) -> Value {
        let bytes = self.bytes
        guard bytes.count > limit else { return self }
        return .string(String(decoding: bytes.prefix(limit), as: UTF8.self) + "… (\(bytes.count) bytes in all)")
    }
}
