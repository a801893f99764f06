/// One use of a kind in a plan.
public struct KindUse: Sendable, Hashable {
    /// Kind.
    public var kind: String
    /// Whether it looks or changes.
    public var role: KindDeclaration.Role
    /// Parameters, as templates.
    public var parameters: Value

    /// Makes a use.
    public init(kind: String, role: KindDeclaration.Role, parameters: Value) {
        self.kind = kind
        self.role = role
        self.parameters = parameters
    }

    /// The use, and those of the probes that its parameters hold: `{probe: KIND, with: …}`, however deep.
    var whole: [KindUse] { [self] + Self.held(in: parameters) }

    private static func held(in value: Value) -> [KindUse] {
        switch value {
        case .null, .bool, .integer, .number, .string: return []
        case .array(let elements): return elements.flatMap(held)
        case .object(let members):
            let inside = members.sorted { $0.key < $1.key }.flatMap { held(in: $0.value) }
            guard let kind = members["probe"]?.string else { return inside }
            return [KindUse(kind: kind, role: .probe, parameters: members["with"] ?? [:])] + inside
        }
    }
}

extension PlanStep {
    /// Uses of kinds on the way forward: its work, what it is verified and watched by, and the probes that those hold.
    public var usesForward: [KindUse] {
        var uses: [KindUse] = []
        switch work {
        case .probe(let call): uses.append(KindUse(kind: call.kind, role: .probe, parameters: call.parameters))
        case .action(let call): uses.append(KindUse(kind: call.kind, role: .action, parameters: call.parameters))
        case .confirm, .manual, .soak: break
        }
        uses += (verify + watch).map { KindUse(kind: $0.kind, role: .probe, parameters: $0.parameters) }
        return uses.flatMap(\.whole)
    }

    /// Uses of kinds on the way back: the action that undoes it, and probes that say what coming back would cost.
    ///
    /// What is undone from a record is undone by the kind of its work.
    public var usesBack: [KindUse] {
        var uses = (returnCostProbes ?? []).map { KindUse(kind: $0.kind, role: .probe, parameters: $0.parameters) }
        switch rollback {
        case .action(let call): uses.append(KindUse(kind: call.kind, role: .action, parameters: call.parameters))
        case .notNeeded, .captured, .keep, .none: break
        }
        return uses.flatMap(\.whole)
    }
}
