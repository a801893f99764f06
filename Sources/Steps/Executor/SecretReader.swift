import AWSClient
import MigrateCore

/// Looks secrets up where they are declared to be.
struct SecretReader: Sendable {
    private let declarations: [String: SecretDeclaration]
    private let world: World

    /// Makes a reader of `declarations`.
    init(_ declarations: [SecretDeclaration], world: World) {
        self.declarations = Dictionary(declarations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.world = world
    }

    /// Texts of the secrets `names`, by name.
    ///
    /// Throws: `Problem` when one is not declared, not there or empty.
    func texts(of names: Set<String>) async throws -> [String: String] {
        var texts: [String: String] = [:]
        for name in names.sorted() { texts[name] = try await text(of: name) }
        return texts
    }

    private func text(of name: String) async throws -> String {
        guard let declaration = declarations[name] else { throw Problem("no secret is named `\(name)`") }
        let text: String
        switch declaration.source {
        case .environment(let variable):
            guard let found = world.environment[variable] else {
                throw Problem(
                    "secret `\(name)`: environment variable `\(variable)` is not set",
                    hint: "export it before starting `migrate`"
                )
            }
            text = found
        case .secretsManager(let id, let key): text = try await secret(name, id: id, key: key)
        case .parameter(let parameter): text = try await self.parameter(name, parameter)
        }
        guard !text.isEmpty else { throw Problem("secret `\(name)` is empty") }
        return text
    }

    private func secret(_ name: String, id: String, key: String?) async throws -> String {
        let answer = try await world.call("secretsmanager:GetSecretValue \(id)") {
            try await world.aws.secretsManager.getSecretValue(.init(secretId: id))
        }
        guard let text = answer.secretString?.exposed else { throw Problem("secret `\(name)`: `\(id)` holds no text") }
        guard let key else { return text }
        // Nothing of what was read may show in the message, so the parser's own words are left out.
        let value: Value
        do { value = try Value(parsing: text) } catch { throw Problem("secret `\(name)`: `\(id)` is not JSON") }
        guard case .object(let members) = value, let member = members[key] else {
            throw Problem("secret `\(name)`: `\(id)` has no member `\(key)`")
        }
        return member.interpolated
    }

    private func parameter(_ name: String, _ parameter: String) async throws -> String {
        let answer = try await world.call("ssm:GetParameter \(parameter)") {
            try await world.aws.ssm.getParameter(.init(name: parameter, withDecryption: true))
        }
        guard let text = answer.parameter.value?.exposed else {
            throw Problem("secret `\(name)`: parameter `\(parameter)` has no value")
        }
        return text
    }
}
