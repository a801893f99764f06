import MigrateCore

/// Finds the programs that a plan needs and this machine lacks.
public enum ToolCheck {
    /// A step that cannot be carried out here.
    public struct Missing: Sendable, Hashable {
        /// The step.
        public var step: StepID
        /// Programs of which any one would do.
        public var anyOf: [String]
    }

    /// Steps of `steps` whose programs are not on `path`, in their order.
    ///
    /// `path` is the variable `PATH`. A program that a step names by a late value cannot be looked for.
    public static func missing(
        in steps: some Sequence<PlanStep>,
        path: String,
        files: any FileStore
    ) async -> [Missing] {
        var missing: [Missing] = []
        for step in steps {
            for anyOf in needs(of: step) where await !isThere(anyOf, path: path, files: files) {
                missing.append(Missing(step: step.id, anyOf: anyOf))
            }
        }
        return missing
    }

    private static func isThere(_ anyOf: [String], path: String, files: any FileStore) async -> Bool {
        for program in anyOf where await Self.path(of: program, in: path, files: files) != nil { return true }
        return false
    }

    /// Where `program` is found on `path`; nil when it is not.
    static func path(of program: String, in path: String, files: any FileStore) async -> String? {
        if program.contains("/") { return await files.isExecutable(program) ? program : nil }
        for directory in path.split(separator: ":") {
            let candidate = "\(directory)/\(program)"
            if await files.isExecutable(candidate) { return candidate }
        }
        return nil
    }

    private static func needs(of step: PlanStep) -> [[String]] {
        var calls = (step.verify + step.watch).map { ($0.kind, KindDeclaration.Role.probe, $0.parameters) }
        switch step.work {
        case .probe(let call): calls.insert((call.kind, .probe, call.parameters), at: 0)
        case .action(let call): calls.insert((call.kind, .action, call.parameters), at: 0)
        case .confirm, .manual, .soak: break
        }
        var needs: [[String]] = []
        for (name, role, parameters) in calls {
            var programs = StepCatalog.kind(name, as: role)?.declaration.programs ?? []
            if name == ExecProbe.declaration.name, let program = parameters["command"].array?.first?.string,
                !Template.hasReferences(program)
            {
                programs.append([program])
            }
            needs += programs.filter { !needs.contains($0) }
        }
        return needs
    }
}
