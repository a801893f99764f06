import MigrateCore
import Network

/// Asks every instance of a store to write what it holds in memory to its storage.
struct FlushCall: Sendable {
    /// Product, as messages name it.
    var product: String
    /// Path of the request.
    var path: String
    /// Instances.
    var targets: FlushTargets

    /// Parameters of the kinds that flush.
    static let parameters: [ParameterDeclaration] =
        HTTPCall.parameters + [
            .optional(
                "instances",
                .list(.string),
                example: ["http://10.0.1.5:8080", "http://10.0.2.7:8080"],
                "Addresses of all instances, when there are several; `url` alone reaches one of them"
            ),
            .optional(
                "server",
                .string,
                example: "169.254.169.253:53",
                "`address:port` of the name server that knows the host of `url`: every address that it has then is asked"
            ),
            .optional(
                "at_least",
                .integer,
                default: 1,
                unit: "instances",
                "Fewest instances that `server` must have; 0 in a way back, when none may be left"
            ),
        ]

    /// Facts that they give.
    static let facts = ["instances": "how many instances were asked"]

    init(_ parameters: Parameters, product: String, path: String) throws {
        self.product = product
        self.path = path
        targets = try FlushTargets(parameters)
    }

    /// What it does, in one line.
    var summary: String { "flush \(product) on \(targets.words)" }

    /// Asks each instance, and gives back how many there were.
    ///
    /// Throws: `KnownOutcome` when one refuses, or too few are there; what the tools throw.
    func send(_ world: World) async throws -> Int {
        let instances = try await targets.now(world)
        for target in instances {
            var request = target.request("POST", path)
            request.body = []
            let response = try await world.send(request)
            guard !(200..<300).contains(response.status) else { continue }
            let hint =
                response.status == 404
                ? "only ingesters have `\(path)`: check the address" : HTTPResponse.hint(for: response.status)
            throw KnownOutcome(
                .notApplied(
                    Problem(
                        "\(product) at `\(target.place)` answered \(response.status): \(response.excerpt)",
                        hint: hint
                    ),
                    isTransient: response.status >= 500
                )
            )
        }
        return instances.count
    }
}

/// A kind whose one change is a flush: harmless to repeat, nothing to undo.
protocol FlushKind: ActionKind {
    /// What is flushed, and where.
    var flush: FlushCall { get }
    /// What the store's metrics say of what it holds.
    static var held: HeldInMemory { get }
}

extension FlushKind {
    /// Records what is held, so that people see what would be lost: it is no image, as it is another every second.
    func prepared(_ world: World) async throws -> Self {
        try await Self.held.record(of: flush.targets, world)
        return self
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// What was flushed cannot be seen from outside: the record alone tells of it.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value {
        ["flushed": flush.targets.count.map { .integer(Int64($0)) } ?? "every one"]
    }

    func facts(of image: Value) -> [String: Value] { ["instances": image["flushed"]] }

    func summary(from: Value, to: Value) -> String { flush.summary }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let count = try await flush.send(world)
        try await Self.held.record(of: flush.targets, world)
        return ["instances": .integer(Int64(count))]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        .settled(after: to, facts: ["instances": receipt["instances"]])
    }

    /// Flushing what is flushed changes nothing.
    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation { .notApplied }
}
