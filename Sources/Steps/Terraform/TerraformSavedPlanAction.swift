import MigrateCore

/// Applies exactly the plan that was kept; goes back by destroying exactly what it created.
struct TerraformSavedPlanAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "terraform.saved_plan",
        role: .action,
        summary: "Apply exactly the plan that `terraform.plan` kept",
        parameters: TerraformTool.parameters + [
            .optional(
                "digest",
                .string,
                example: "${steps.look.digest}",
                "digest that the plan must have, as `terraform.plan` tells it; another plan is refused"
            )
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "the addresses that the plan creates; undoing destroys those",
        reconciliation: "by a fresh plan: no changes left means that it was applied",
        programs: TerraformTool.programs,
        permissionsBeside: TerraformTool.permissionsBeside,
        facts: ["resources": "addresses in the state", "created": "addresses that it created"],
        source: TerraformTool.source,
        example: """
            - id: apply
              do: terraform.saved_plan
              with: {directory: terraform/environments/prod}
            """
    )

    private let tool: TerraformTool
    private let digest: String?
    private var plan: TerraformPlan?
    /// Digest of `plan`.
    private var found = ""

    init(_ parameters: Parameters) throws {
        tool = try TerraformTool(parameters)
        digest = try parameters.stringIfGiven("digest")
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        guard await world.files.exists("\(tool.directory)/\(TerraformTool.planFile)") else {
            throw Refusal("no plan is kept in `\(tool.directory)`", hint: "`terraform.plan` must pass first")
        }
        let plan = try await tool.show(TerraformTool.planFile, world)
        prepared.plan = plan
        prepared.found = world.digest(plan.effect)
        if let digest { try Self.hold(prepared.found, against: digest, in: tool) }
        return prepared
    }

    func observe(_ world: World) async throws -> Value {
        let state = try await tool.state(world)
        return Self.image(resources: state?.resources ?? [], serial: state?.serial)
    }

    /// Resources that an apply only adopted are not its own: they are left out where the journal names them.
    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        let state = try await tool.state(world)
        let adopted = Self.names(images.first?["adopted"])
        var image = Self.image(resources: (state?.resources ?? []).subtracting(adopted), serial: state?.serial)
        if let belief = images.first?.object, case .object(var members) = image {
            for name in ["adopted", "changed", "created"] { members[name] = belief[name] }
            image = .object(members)
        }
        return image
    }

    func wanted(over before: Value) throws -> Value {
        guard let plan else { throw Refusal("no plan was read") }
        let resources = Self.names(before["resources"]).union(plan.created)
            .subtracting(plan.destroyed.filter { !plan.created.contains($0) })
        guard case .object(var members) = Self.image(resources: resources, serial: nil) else { return .null }
        members["created"] = Self.list(plan.created)
        members["adopted"] = Self.list(plan.adopted)
        members["changed"] = Self.list(plan.updated + plan.destroyed)
        // What people agree to, and what an attempt that is begun again after a crash is held against.
        members["plan"] = .string(found)
        return .object(members)
    }

    func isSatisfied(by image: Value) throws -> Bool { !(plan?.hasChanges ?? true) }

    func summary(from: Value, to: Value) -> String {
        if let plan { return "terraform apply in \(tool.directory): \(plan.summary)" }
        let gone = Self.names(from["resources"]).subtracting(Self.names(to["resources"]))
        return "terraform destroys the \(gone.count) resources that it created in \(tool.directory)"
    }

    func startsProgram(from: Value, to: Value) -> Bool { true }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        // Only an apply leads to an image that tells what it created.
        if !to["created"].isNull {
            // Why not when it is on its way: what it was started with was looked at then.
            if let planned = to["plan"].string, !world.isProgramStarted {
                let kept = try await tool.show(TerraformTool.planFile, world)
                try Self.hold(world.digest(kept.effect), against: planned, in: tool)
            }
            try await apply(TerraformTool.planFile, world)
            return ["adopted": to["adopted"], "created": to["created"], "changed": to["changed"]]
        }
        let changed = Self.names(from["changed"]).sorted()
        guard changed.isEmpty else {
            throw Refusal(
                "Terraform changed \(changed.joined(separator: ", ")) in place, and knows no way back",
                hint: "apply the former configuration by hand, then `migrate rollback --continue --skip STEP`"
            )
        }
        let gone = Self.names(from["resources"]).subtracting(Self.names(to["resources"]))
        // Why not when it is on its way: a plan would wait for the lock that the program of an earlier process holds.
        if !world.isProgramStarted { try await planDestruction(of: gone, world) }
        try await apply(TerraformTool.destroyFile, world)
        return ["adopted": from["adopted"]]
    }

    /// Throws: `Refusal` when the plan that is kept is not the one that was looked at.
    private static func hold(_ found: String, against wanted: String, in tool: TerraformTool) throws {
        guard found == wanted else {
            throw Refusal(
                "the plan kept in `\(tool.directory)` is not the one that was looked at: digest \(found.prefix(16)), "
                    + "not \(wanted.prefix(16))",
                hint: "somebody has planned there since; `migrate retry` of the step that plans looks at it anew"
            )
        }
    }

    private func planDestruction(of gone: Set<String>, _ world: World) async throws {
        try await tool.initialize(world)
        let options = ["-destroy"] + gone.sorted().map { "-target=\($0)" }
        let plan = try await tool.plan(into: TerraformTool.destroyFile, options: options, world)
        let strange = Set(plan.destroyed + plan.created + plan.updated).symmetricDifference(gone)
        guard strange.isEmpty else {
            throw Refusal(
                "destroying what was created would also concern \(strange.sorted().joined(separator: ", "))",
                hint: "something else has come to depend on it: look, then destroy by hand"
            )
        }
    }

    private func apply(_ file: String, _ world: World) async throws {
        let result = try await tool.change(["apply", "-input=false", "-no-color", "-lock-timeout=60s", file], world)
        guard !result.isSuccess else { return }
        let problem = TerraformTool.problem("terraform apply", result)
        // These two are said before anything is begun.
        let refusals = ["Saved plan is stale", "Error acquiring the state lock"]
        let isRefused = refusals.contains { result.errorText.contains($0) }
        throw KnownOutcome(isRefused ? .notApplied(problem, isTransient: false) : .unknown(problem))
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let state = try await tool.state(world)
        let adopted = Self.names(to["adopted"]).union(Self.names(receipt["adopted"]))
        let found = (state?.resources ?? []).subtracting(adopted)
        guard found == Self.names(to["resources"]) else {
            let strange = found.symmetricDifference(Self.names(to["resources"])).sorted()
            return .failed(Problem("the state is not as planned: \(strange.joined(separator: ", "))"))
        }
        guard case .object(var after) = Self.image(resources: found, serial: state?.serial) else {
            return .settled(after: to, facts: facts(of: to))
        }
        for name in ["adopted", "changed", "created"] where !to[name].isNull { after[name] = to[name] }
        return .settled(after: .object(after), facts: facts(of: .object(after)))
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation {
        let found = try await observe(world, believing: [to["created"].isNull ? from : to])
        if found["serial"] == from["serial"] { return .notApplied }
        if Self.names(found["resources"]) == Self.names(to["resources"]) {
            // Why the names are not enough: what failed while it was made is in the state, marked to be made anew, and
            // what was to be changed in place is there before and after.
            if !to["created"].isNull, let left = try await tool.changesLeft(world) {
                return .unclear(
                    Problem(
                        "Terraform stopped in the middle: everything is in its state, and still to be done is: \(left)",
                        hint:
                            "mend what failed and finish it with `terraform apply`, then `migrate resolve … --applied`"
                    ),
                    found: found
                )
            }
            return .applied(receipt: ["adopted": to["adopted"], "created": to["created"]])
        }
        return .unclear(
            Problem("Terraform stopped in the middle: the state holds a part of what was planned"),
            found: found
        )
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        let isSameSerial =
            observed["serial"].isNull || expected["serial"].isNull || observed["serial"] == expected["serial"]
        // Going back leads to the resources of before under a new serial number. What was changed in place has the same
        // resources all along, and is not back by their names.
        let isBack =
            expected["created"].isNull && !observed["created"].isNull && Self.names(observed["changed"]).isEmpty
        return Self.names(observed["resources"]) == Self.names(expected["resources"]) && (isSameSerial || isBack)
    }

    func facts(of image: Value) -> [String: Value] {
        ["resources": image["resources"].isNull ? [] : image["resources"], "created": image["created"]]
    }

    private static func image(resources: Set<String>, serial: Int64?) -> Value {
        ["resources": list(resources.sorted()), "serial": serial.map { .integer($0) } ?? .null]
    }

    private static func list(_ names: [String]) -> Value { .array(names.map { .string($0) }) }

    private static func names(_ value: Value?) -> Set<String> { Set((value?.array ?? []).compactMap(\.string)) }
}
