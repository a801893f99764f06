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
        for program in anyOf where await files.program(program, in: path) != nil { return true }
        return false
    }

    private static func needs(of step: PlanStep) -> [[String]] {
        var needs: [[String]] = []
        for use in step.usesForward {
            let declared = StepCatalog.kind(use.kind, as: use.role)?.declaration.programs ?? []
            var programs = declared.map { $0.map(\.name) }
            if use.kind == ExecProbe.declaration.name, let program = use.parameters["command"].array?.first?.string,
                !Template.hasReferences(program)
            {
                programs.append([program])
            }
            needs += programs.filter { !needs.contains($0) }
        }
        return needs
    }
}
