import AWSClient
import MigrateCore

/// One operation of any service, named in a runbook: how it is sent and what comes back, as a value.
struct AnyAWSCall: Sendable {
    /// The AWS CLI's name of the service.
    var service: String
    /// Operation.
    var operation: String
    /// Members of a JSON service's input; the flat wire form of a query or ec2 one.
    var parameters: Value
    /// Region; nil means the tool's own.
    var region: String?
    /// Whether its answer is kept out of the evidence.
    var isSecret: Bool

    /// Parameters that name a call.
    static let parameters: [ParameterDeclaration] = [
        .required(
            "service",
            .string,
            "Service as the AWS CLI names it, such as `ecs`; those with REST paths cannot be"
        ),
        .required("operation", .string, "Operation, such as `DescribeCapacityProviders`"),
        .optional(
            "parameters",
            .mapping,
            example: ["cluster": "lgtm"],
            "Its input; for query and ec2 services in their flat wire form, such as `{Filter.1.Name: vpc-id}`"
        ),
        .optional("region", .string, example: "us-east-1", "Region, where it is not the run's"),
        .optional(
            "secret",
            .boolean,
            default: false,
            "Whether its answer is kept out of the evidence; always so for operations that hand out secrets"
        ),
    ]

    /// Page of the wire forms.
    static let source =
        "https://docs.aws.amazon.com/general/latest/gr/aws-api-reference.html"
        + " (services and protocols from botocore 1.43.11, read 2026-11-21)"

    init(_ given: Parameters) throws {
        service = try given.string("service")
        operation = try given.string("operation")
        parameters = given.value("parameters").isNull ? [:] : given.value("parameters")
        region = try given.stringIfGiven("region")
        isSecret = try given.boolean("secret") || Self.handsOutSecrets(operation)
        guard AWSService.named(service) != nil else {
            throw ParameterError(
                "service",
                "must be one that takes JSON with targets, query or ec2 requests, not `\(service)`"
            )
        }
    }

    /// Another operation of the same service, as `mapping` of the parameter `name` gives it.
    ///
    /// Throws: `ParameterError`.
    func another(_ mapping: [String: Value], _ name: String) throws -> AnyAWSCall {
        guard let operation = mapping["operation"]?.string else { throw ParameterError(name, "needs an `operation`") }
        var other = self
        other.operation = operation
        other.parameters = mapping["parameters"] ?? [:]
        other.isSecret = isSecret || Self.handsOutSecrets(operation)
        return other
    }

    /// Service and operation as evidence names them.
    var subject: String { "\(service):\(operation)" }

    /// Sends it once.
    ///
    /// Throws: as `World.call`; `ParameterError` when the parameters are no JSON object.
    func send(_ idempotency: Idempotency, _ world: World) async throws -> Value {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: parameters.bytes)
        } catch {
            throw ParameterError("parameters", "cannot be sent: \(error.reason)")
        }
        let client = try region.map { try world.aws.inRegion($0) } ?? world.aws
        let body = try await world.call(subject) {
            try await client.call(
                service: service,
                operation: operation,
                parameters: document,
                idempotency: idempotency,
                returnsSecrets: isSecret
            )
        }
        return try AWSAnswer.value(of: body, operation: operation)
    }

    /// Sends it and asks for the following pages, the lists of all put together.
    ///
    /// Throws: as `send`; `Problem` when there are more than `limit` pages or one comes twice.
    func allPages(limit: Int, _ world: World) async throws -> (answer: Value, pages: Int) {
        var call = self
        var answer = try await call.send(.readOnly, world)
        var pages = 1
        var seen: Set<String> = []
        while let (name, token) = AWSAnswer.pageToken(answer) {
            guard pages < limit, seen.insert(token).inserted else {
                throw Problem("`\(subject)` has more than \(pages) pages", hint: "ask for less, or raise `max_pages`")
            }
            call.parameters = .object((parameters.object ?? [:]).merging([name: .string(token)]) { $1 })
            answer = AWSAnswer.joined(answer, try await call.send(.readOnly, world))
            pages += 1
        }
        return (answer, pages)
    }

    /// Whether `operation` is named like one that only looks.
    static func onlyReads(_ operation: String) -> Bool {
        let verbs = [
            "Describe", "List", "Get", "BatchGet", "BatchDescribe", "Search", "Lookup", "Query", "Scan", "Check",
            "Discover", "Filter", "Simulate", "Validate", "Preview", "Estimate", "Test", "View", "Verify",
        ]
        return verbs.contains { operation.hasPrefix($0) }
    }

    private static func handsOutSecrets(_ operation: String) -> Bool {
        ["Secret", "Password", "Token", "Credential", "GetParameter", "AssumeRole", "PrivateKey", "DataKey", "Decrypt"]
            .contains { operation.contains($0) }
    }
}
