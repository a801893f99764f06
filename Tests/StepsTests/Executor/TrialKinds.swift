import AWSClient
import MigrateCore
import Network

@testable import Steps

/// A thing whose observation, wish and failure the test says.
struct TrialAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "trial",
        role: .action,
        summary: "Trial",
        parameters: [
            .optional("found", .any, ""), .optional("wanted", .any, ""), .optional("receipt", .any, ""),
            .optional("fails", .string, ""), .optional("note", .string, ""),
        ],
        effect: .reconcilable,
        rollback: .captured,
        facts: ["size": "size"],
        source: "",
        example: ""
    )

    private let parameters: Parameters

    init(_ parameters: Parameters) throws { self.parameters = parameters }

    func observe(_ world: World) async throws -> Value {
        world.record("look", try parameters.stringIfGiven("note") ?? "", since: world.now())
        try fail("observe")
        return parameters.value("found")
    }

    func wanted(over before: Value) throws -> Value {
        try fail("wanted")
        return parameters.value("wanted")
    }

    func summary(from: Value, to: Value) -> String { "\(from.text) → \(to.text)" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        try fail("move")
        return parameters.value("receipt")
    }

    private func fail(_ stage: String) throws {
        switch try parameters.stringIfGiven("fails") {
        case "\(stage) refusal": throw Refusal("no")
        case "\(stage) unsent": throw HTTPFailure(reason: .refused, message: "closed", mayHaveSent: false)
        case "\(stage) sent": throw HTTPFailure(reason: .timedOut, message: "late", mayHaveSent: true)
        case "\(stage) throttled": throw Self.aws("Throttling", mayHaveApplied: false)
        case "\(stage) denied": throw Self.aws("AccessDenied", mayHaveApplied: false)
        case "\(stage) lost": throw Self.aws("InternalFailure", mayHaveApplied: true)
        case "\(stage) program": throw ProcessFailure.notFound(program: "terraform")
        case "\(stage) late program": throw ProcessFailure.timedOut(program: "sh", after: .seconds(1), errorText: "")
        case "\(stage) strange": throw Overwritten(found: .null)
        case .some, .none: break
        }
    }

    private static func aws(_ code: String, mayHaveApplied: Bool) -> AWSError {
        var error = AWSError(kind: .refused, service: "ECS", operation: "UpdateService", code: code, message: "no")
        error.mayHaveApplied = mayHaveApplied
        return error
    }
}

/// A probe that answers with its parameters.
struct TrialProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "trial",
        role: .probe,
        summary: "Trial",
        parameters: [.optional("facts", .mapping, ""), .optional("verdict", .string, default: "pass", "")],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["size": "size", "word": "word"],
        source: "",
        example: ""
    )

    private let parameters: Parameters

    init(_ parameters: Parameters) throws { self.parameters = parameters }

    func ask(_ world: World) async throws -> Observation {
        let facts = try parameters.mapping("facts")
        let seen = "saw \(Value.object(facts).text)"
        switch try parameters.string("verdict") {
        case "pass": return Observation(.pass(seen), facts: facts)
        case "fail": return Observation(.fail(seen), facts: facts)
        default: throw DNSFailure.timedOut
        }
    }
}
