import MigrateCore
import Network

/// Instances of a store.
enum FlushTargets: Sendable {
    /// Those at fixed addresses.
    case fixed([HTTPCall])
    /// All that a name server has for the host of `call`, at the moment of asking: tasks come and go.
    case named(HTTPCall, DNSQuestion, atLeast: Int)

    /// Reads `url`, and `instances`, or `server` and `at_least`.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        let call = try HTTPCall(parameters)
        let instances = try parameters.strings("instances")
        guard let server = try parameters.stringIfGiven("server") else {
            self = .fixed(instances.isEmpty ? [call] : instances.map { $0 == call.base ? call : call.at($0) })
            return
        }
        guard instances.isEmpty else { throw ParameterError("instances", "or `server` may be given, not both") }
        self = .named(
            call,
            DNSQuestion(name: call.ownPlace.host, type: .a, server: server),
            atLeast: try parameters.integer("at_least")
        )
    }

    /// What is asked, for people.
    var words: String {
        switch self {
        case .fixed(let calls): "\(calls.count) \(calls.count == 1 ? "instance" : "instances")"
        case .named(_, let question, _): "every instance of \(question.name)"
        }
    }

    /// How many there are to be; nil when that is known only when they are asked.
    var count: Int? { if case .fixed(let calls) = self { calls.count } else { nil } }

    /// The instances, as they are now.
    ///
    /// Throws: `KnownOutcome` when there are too few; `Problem` when the name server does not say; as `World.ask`.
    func now(_ world: World) async throws -> [HTTPCall] {
        switch self {
        case .fixed(let calls): return calls
        case .named(let call, let question, let fewest): return try await Self.found(call, question, fewest, world)
        }
    }

    private static func found(
        _ call: HTTPCall,
        _ question: DNSQuestion,
        _ fewest: Int,
        _ world: World
    ) async throws -> [HTTPCall] {
        let answer = try await world.ask(question)
        if case .refused(let code) = answer {
            throw Problem("the name server refused `\(question.name)`, response code \(code)")
        }
        let addresses = answer.values(.a)
        guard addresses.count >= fewest else {
            let words = "`\(question.name)` has \(addresses.count) addresses, and at least \(fewest) must be asked"
            throw KnownOutcome(
                .notApplied(Problem(words, hint: "are its tasks running, and registered?"), isTransient: true)
            )
        }
        return addresses.map { address in
            var one = call
            one.connectTo = ConnectTarget(host: address, port: call.ownPlace.port)
            return one
        }
    }
}
