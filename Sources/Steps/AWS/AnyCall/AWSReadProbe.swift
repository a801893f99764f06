import AWSClient
import MigrateCore

/// Asks any operation that only reads and judges its answer.
struct AWSReadProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "aws.read",
        role: .probe,
        summary: "Ask any reading operation of an AWS service by name, and judge its answer",
        parameters: AnyAWSCall.parameters + [
            .optional(
                "expect",
                .expression,
                "Condition over the answer, the lists of all pages put together; an answer passes when it is left out"
            ),
            .optional(
                "fail_when",
                .expression,
                example: ".services[0].status == \"INACTIVE\"",
                "Condition over the answer that ends a wait: what is asked for will not come"
            ),
            .optional(
                "absent",
                .list(.string),
                example: ["ClusterNotFoundException"],
                "Error codes that mean that the thing is not there: a failure, not an error"
            ),
            .optional("max_pages", .integer, default: 20, unit: "pages", "Most pages that are asked for"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["${service}:${operation}"], on: "*", mutates: false)],
        facts: ["answer": "the answer", "pages": "how many pages it had"],
        source: AnyAWSCall.source,
        example: """
            - id: capacity
              probe: aws.read
              with:
                service: ecs
                operation: DescribeCapacityProviders
                parameters: {capacityProviders: [FARGATE]}
                expect: '.capacityProviders[0].status == "ACTIVE"'
              retry: {for: 10m, every: 10s}
            """
    )

    private let call: AnyAWSCall
    private let expectation: String?
    private let ending: String?
    private let absent: Set<String>
    private let limit: Int

    init(_ parameters: Parameters) throws {
        call = try AnyAWSCall(parameters)
        guard AnyAWSCall.onlyReads(call.operation) else {
            throw ParameterError(
                "operation",
                "`\(call.operation)` is not named like one that only reads; use `aws.call`"
            )
        }
        expectation = try parameters.stringIfGiven("expect")
        ending = try parameters.stringIfGiven("fail_when")
        absent = Set(try parameters.strings("absent"))
        limit = try parameters.integer("max_pages", in: 1...1000)
    }

    func ask(_ world: World) async throws -> Observation {
        let answer: Value
        let pages: Int
        do {
            (answer, pages) = try await call.allPages(limit: limit, world)
        } catch let error as AWSError where error.kind == .refused && absent.contains(error.code) {
            return Observation(.fail("not there: \(error.code) from \(call.subject)"))
        }
        let facts: [String: Value] = ["answer": answer, "pages": .integer(Int64(pages))]
        let seen = "\(call.subject) answered"
        if let ending, await world.expressions.judge(ending, over: answer, seen: seen).isPass {
            return Observation(.fail("\(seen): `\(ending)` holds"), facts: facts, isFinal: true)
        }
        guard let expectation else { return Observation(.pass(seen), facts: facts) }
        return Observation(await world.expressions.judge(expectation, over: answer, seen: seen), facts: facts)
    }
}
