import MigrateCore
import Testing

@testable import Steps

/// Takes an action through its stages as the executor does, against a scripted AWS.
struct Trial<Kind: ActionKind> {
    /// Change that a step would make.
    typealias Images = (from: Value, to: Value)

    private let parameters: Value
    private let world: World

    init(_ parameters: Value, _ aws: ScriptedAWS, files: [String: String] = [:]) {
        self.parameters = parameters
        world = .scripted(aws, files: files)
    }

    private func kind() throws -> Kind { try Kind(Parameters(parameters, of: Kind.declaration)) }

    /// Looks; nil when the step is already satisfied.
    func prepare() async throws -> Images? {
        let kind = try await kind().prepared(world)
        let before = try await kind.observe(world)
        if try kind.isSatisfied(by: before) { return nil }
        return (before, try kind.wanted(over: before))
    }

    /// Makes the change and settles once; returns the image found.
    func make(_ images: Images, token: String = "0123456789abcdef0123456789abcdef") async throws -> Value {
        let kind = try kind()
        let receipt = try await kind.move(from: images.from, to: images.to, token: token, world)
        switch try await kind.settlement(of: images.to, receipt: receipt, world) {
        case .settled(let after, _): return after
        case .pending(let progress):
            Issue.record("pending: \(progress)")
            return .null
        case .failed(let problem): throw problem
        case .conflict(let found): throw Problem("somebody else made it \(found.text)")
        }
    }

    /// Asks once how far the change to `to` is.
    func settlement(of to: Value) async throws -> KindSettlement {
        try await kind().settlement(of: to, receipt: .null, world)
    }

    /// Goes back from `after` to `from`, as a rollback does; true when what is found then is what was found first.
    func undo(_ images: Images, after: Value) async throws -> Bool {
        let kind = try kind()
        let found = try await kind.observe(world)
        #expect(kind.matches(found, after))
        let home = try await make((from: found, to: images.from))
        return kind.matches(home, images.from)
    }
}

/// Asks probe `Kind` once against a scripted AWS.
func asking<Kind: ProbeKind>(
    _ kind: Kind.Type,
    _ parameters: Value,
    _ script: [ScriptedAWS.Call]
) async throws -> Observation {
    let aws = ScriptedAWS(script)
    let probe = try Kind(Parameters(parameters, of: Kind.declaration))
    let observation = try await probe.ask(.scripted(aws))
    #expect(aws.isOver, "calls of the script were not made")
    return observation
}
