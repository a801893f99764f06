import MigrateCore

/// An IAM policy document, compared by what it means rather than by how it is written.
///
/// Why: IAM hands a document back as other bytes than it was given: a lone value for a list of one, an account's root
/// ARN for its number.
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html, read 2026-11-21.
struct PolicyDocument: Sendable, Hashable {
    /// Document as given or found.
    var value: Value

    /// Makes a document of parameter `name`: a mapping, or JSON text.
    ///
    /// Throws: `ParameterError` when it is neither.
    init(_ parameters: Parameters, _ name: String) throws {
        let given = parameters.value(name)
        guard let text = given.string else {
            guard given.object != nil else {
                throw ParameterError(name, "must be a policy document, not \(given.text)")
            }
            value = given
            return
        }
        do {
            value = try Value(parsing: text)
        } catch {
            throw ParameterError(name, "is not JSON: \(error.message) at byte \(error.offset)")
        }
        guard value.object != nil else { throw ParameterError(name, "must be a policy document") }
    }

    /// Makes a document that IAM returned as JSON text, percent-encoded or not.
    ///
    /// Throws: `Problem` when it is no JSON.
    init(found text: String, named name: String) throws {
        let isPlain = text.drop(while: \.isWhitespace).first == "{"
        do {
            value = try Value(parsing: isPlain ? text : Self.percentDecoded(text))
        } catch {
            throw Problem("IAM returned a policy of `\(name)` that is not JSON: \(error.message)")
        }
    }

    /// JSON text to send.
    var text: String { value.text }

    /// The same meaning in one form: lists everywhere, sorted, accounts as root ARNs.
    static func canonical(_ document: Value) -> Value {
        guard var members = document.object else { return document }
        members["Statement"] = .array(list(document["Statement"]).map(canonicalStatement))
        return .object(members)
    }

    private static func canonicalStatement(_ statement: Value) -> Value {
        guard var members = statement.object else { return statement }
        for name in ["Action", "NotAction", "Resource", "NotResource"] {
            if let found = members[name] { members[name] = sorted(found) }
        }
        for name in ["Principal", "NotPrincipal"] {
            guard let found = members[name] else { continue }
            let byType = found.object ?? (found == "*" ? ["AWS": "*"] : [:])
            guard !byType.isEmpty else { continue }
            members[name] = .object(byType.mapValues { sorted(.array(list($0).map(rootARN))) })
        }
        if let conditions = members["Condition"]?.object {
            members["Condition"] = .object(
                conditions.mapValues { keys in
                    .object(
                        (keys.object ?? [:]).mapValues { sorted(.array(list($0).map { .string($0.interpolated) })) }
                    )
                }
            )
        }
        return .object(members)
    }

    /// Principals that the document lets in, of every type.
    static func principals(of document: Value) -> Set<String> {
        var found: Set<String> = []
        for statement in list(document["Statement"]) where statement["Effect"] == "Allow" {
            let principal = statement["Principal"]
            for value in principal.object.map({ Array($0.values) }) ?? [principal] {
                found.formUnion(list(value).compactMap(\.string))
            }
        }
        return found
    }

    private static func list(_ value: Value) -> [Value] {
        value.array ?? (value.isNull ? [] : [value])
    }

    private static func sorted(_ value: Value) -> Value {
        .array(list(value).sorted { $0.text < $1.text })
    }

    private static func rootARN(_ principal: Value) -> Value {
        guard let text = principal.string, text.count == 12, text.allSatisfy(\.isNumber) else { return principal }
        return .string("arn:aws:iam::\(text):root")
    }

    /// Text with `%XX` turned back into bytes, which is how IAM returns documents (RFC 3986).
    static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
