import MigrateCore
import Network

/// Asks every instance of a store to write what it holds in memory to its storage.
struct FlushCall: Sendable {
    /// Product, as messages name it.
    var product: String
    /// Path of the request.
    var path: String
    /// Instances.
    var instances: [String]
    /// How they are reached.
    var call: HTTPCall

    /// Parameters of the kinds that flush.
    static let parameters: [ParameterDeclaration] =
        HTTPCall.parameters + [
            .optional(
                "instances",
                .list(.string),
                example: ["http://10.0.1.5:8080", "http://10.0.2.7:8080"],
                "Addresses of all instances, when there are several; `url` alone reaches one of them"
            )
        ]

    /// Facts that they give.
    static let facts = ["instances": "how many instances were asked"]

    init(_ parameters: Parameters, product: String, path: String) throws {
        self.product = product
        self.path = path
        call = try HTTPCall(parameters)
        instances = try parameters.strings("instances")
        if instances.isEmpty { instances = [call.base] }
    }

    /// What it does, in one line.
    var summary: String { "flush \(product) on \(instances.count) \(instances.count == 1 ? "instance" : "instances")" }

    /// Asks each instance.
    ///
    /// Throws: `KnownOutcome` when one refuses; what the tools throw.
    func send(_ world: World) async throws {
        for instance in instances {
            let target = instance == call.base ? call : call.at(instance)
            var request = target.request("POST", path)
            request.body = []
            let response = try await world.send(request)
            guard !(200..<300).contains(response.status) else { continue }
            let hint =
                response.status == 404
                ? "only ingesters have `\(path)`: check the address" : HTTPResponse.hint(for: response.status)
            throw KnownOutcome(
                .notApplied(
                    Problem("\(product) at `\(instance)` answered \(response.status): \(response.excerpt)", hint: hint),
                    isTransient: response.status >= 500
                )
            )
        }
    }
}

/// A kind whose one change is a flush: harmless to repeat, nothing to undo.
protocol FlushKind: ActionKind {
    /// What is flushed, and where.
    var flush: FlushCall { get }
}

extension FlushKind {
    func observe(_ world: World) async throws -> Value { .null }

    /// What was flushed cannot be seen from outside: the record alone tells of it.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["flushed": .integer(Int64(flush.instances.count))] }

    func facts(of image: Value) -> [String: Value] { ["instances": image["flushed"]] }

    func summary(from: Value, to: Value) -> String { flush.summary }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        try await flush.send(world)
        return .null
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        .settled(after: to, facts: facts(of: to))
    }

    /// Flushing what is flushed changes nothing.
    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation { .notApplied }
}
