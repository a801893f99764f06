import MigrateCore

/// Fills in `${…}` of one step's parameters.
struct ScopeResolver: Sendable {
    let scope: StepScope
    let secrets: SecretReader

    /// Parameters ready for use.
    struct Resolved: Sendable {
        /// As they are kept: facts filled in, secrets still as `${secrets.name}`.
        var kept: Value
        /// As the kind gets them.
        var full: Value
        /// Takes the secrets in `full` out of whatever comes of it.
        var redactor: Redactor
    }

    /// Fills in `template`.
    ///
    /// Throws: `Problem` naming what cannot be filled in.
    func resolve(_ template: Value) async throws -> Resolved {
        do {
            let kept = try fillFacts(template)
            var names: Set<String> = []
            _ = try Template.resolve(kept) { path in
                names.insert(try secretName(path))
                return ""
            }
            let texts = try await secrets.texts(of: names)
            let full = try Template.resolve(kept) { path in .string(texts[try secretName(path)] ?? "") }
            return Resolved(kept: kept, full: full, redactor: Redactor(texts))
        } catch let error as TemplateSyntaxError {
            throw Problem("`${…}` cannot be read: \(error.message)")
        }
    }

    private func secretName(_ path: [String]) throws -> String {
        guard path.count == 2, path[0] == "secrets" else {
            throw Problem("`\(Template.text(of: path))` is not known")
        }
        return path[1]
    }

    private func fillFacts(_ value: Value) throws -> Value {
        switch value {
        case .string(let text):
            return try Template(text).filled { path, _ in path.first == "secrets" ? nil : try fact(path) }
        case .array(let elements): return .array(try elements.map(fillFacts))
        case .object(let members): return .object(try members.mapValues(fillFacts))
        case .null, .bool, .integer, .number: return value
        }
    }

    private func fact(_ path: [String]) throws -> Value {
        var found = Value.object(scope.facts)
        for name in path {
            let next: Value?
            switch found {
            case .object(let members): next = members[name]
            case .array(let elements): next = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            case .null, .bool, .integer, .number, .string: next = nil
            }
            guard let next else {
                throw Problem(
                    "`\(Template.text(of: path))` is not known: there is no `\(name)`",
                    hint: "the step that should have published it has not run, or was skipped"
                )
            }
            found = next
        }
        return found
    }
}
