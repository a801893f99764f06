import AWSClient
import MigrateCore

/// Whether a parameter of Parameter Store exists and says what it should.
struct SSMParameterProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ssm.parameter",
        role: .probe,
        summary: "A Parameter Store parameter exists and has this type and value",
        parameters: [
            .required("name", .string, "Name of the parameter, such as `/lgtm/version`"),
            .optional("type", .choice(["String", "StringList", "SecureString"]), "Type it must have"),
            .optional("value", .string, "Text it must have; not for a `SecureString`, which is never read"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["ssm:GetParameter"], on: "arn:aws:ssm:*:*:parameter/${name}", mutates: false)],
        facts: [
            "arn": "ARN of the parameter", "type": "its type", "version": "number of its version",
            "value": "its text, unless it is a `SecureString`",
        ],
        source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: version-pinned
              probe: ssm.parameter
              with: {name: /lgtm/version, value: "2.14.0"}
            """
    )

    private let name: String
    private let type: String?
    private let value: String?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        type = try parameters.stringIfGiven("type")
        value = try parameters.stringIfGiven("value")
    }

    func ask(_ world: World) async throws -> Observation {
        let answer = try await world.look("ssm:GetParameter \(name)", absentBy: ["ParameterNotFound"]) {
            try await world.aws.ssm.getParameter(.init(name: name, withDecryption: false))
        }
        guard let found = answer?.parameter else { return Observation(.fail("no parameter `\(name)`")) }
        let text = found.type == "SecureString" ? nil : found.value?.exposed
        let facts: [String: Value] = [
            "arn": found.arn.map { .string($0) } ?? .null, "type": found.type.map { .string($0) } ?? .null,
            "version": found.version.map { .integer(Int64($0)) } ?? .null, "value": text.map { .string($0) } ?? .null,
        ]
        return Observation(judge(type: found.type, text: text), facts: facts)
    }

    private func judge(type found: String?, text: String?) -> Verdict {
        if let type, type != found {
            return .fail("parameter `\(name)` is a \(found ?? "thing without type"), not a \(type)")
        }
        guard let value else { return .pass("parameter `\(name)`") }
        guard let text else { return .inconclusive("parameter `\(name)` is a SecureString, whose text is not read") }
        return text == value ? .pass("parameter `\(name)` is `\(text)`") : .fail("parameter `\(name)` is `\(text)`")
    }
}
