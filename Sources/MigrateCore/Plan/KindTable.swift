/// Kinds of step by role and name; a name may stand for a probe and for an action.
public struct KindTable: Sendable {
    private let probes: [String: KindDeclaration]
    private let actions: [String: KindDeclaration]

    /// Makes a table; of two kinds with the same role and name the first counts.
    public init(_ kinds: some Sequence<KindDeclaration>) {
        var probes: [String: KindDeclaration] = [:]
        var actions: [String: KindDeclaration] = [:]
        for kind in kinds {
            switch kind.role {
            case .probe where probes[kind.name] == nil: probes[kind.name] = kind
            case .action where actions[kind.name] == nil: actions[kind.name] = kind
            case .probe, .action: break
            }
        }
        self.probes = probes
        self.actions = actions
    }

    /// Kind `name` in the role of `role`; nil when there is none.
    public func kind(_ name: String, as role: KindDeclaration.Role) -> KindDeclaration? {
        switch role {
        case .probe: probes[name]
        case .action: actions[name]
        }
    }

    /// Names of the kinds in the role of `role`, sorted.
    public func names(of role: KindDeclaration.Role) -> [String] {
        switch role {
        case .probe: probes.keys.sorted()
        case .action: actions.keys.sorted()
        }
    }
}
