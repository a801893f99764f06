import MigrateCore

extension RunbookParser {
    /// Variables in the order written.
    mutating func variables(_ fields: Fields) -> [VariableDeclaration] {
        (reader.mapping("variables", in: fields) ?? []).compactMap { member in
            checkName(member, "a variable")
            var declaration = VariableDeclaration(name: member.name, location: member.nameLocation)
            if case .scalar(.null) = member.value.content { return declaration }
            guard case .mapping = member.value.content else {
                reader.add(
                    "variable `\(member.name)` must be a mapping, not \(FieldReader.words(for: member.value))",
                    at: member.value,
                    hint: "write `\(member.name): {default: …}`"
                )
                return declaration
            }
            let keys = ["required", "default", "pattern", "about"]
            guard let fields = reader.fields(of: member.value, "a variable", allowed: keys) else { return declaration }
            declaration.isRequired = reader.boolean("required", in: fields) ?? false
            declaration.pattern = reader.text("pattern", in: fields)
            declaration.about = reader.localized("about", in: fields)
            if let given = fields.members["default"] {
                reader.checkTemplates(in: given.value)
                declaration.defaultValue = given.value
                if declaration.isRequired {
                    reader.add(
                        "variable `\(member.name)` is required and has a default",
                        atNameOf: given,
                        hint: "a required variable is always given: take one of the two out"
                    )
                }
            }
            return declaration
        }
    }

    private mutating func checkName(_ member: SourceValue.Member, _ noun: String) {
        let isLetter: (UInt8) -> Bool = { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F }
        let bytes = member.name.utf8
        let isName = bytes.first.map(isLetter) ?? false
        guard !isName || !bytes.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }) else { return }
        reader.add(
            "`\(member.name)` cannot name \(noun)",
            atNameOf: member,
            hint: "a name begins with a letter or `_` and goes on with those, digits and `-`"
        )
    }

    /// Secrets in the order written.
    mutating func secrets(_ fields: Fields, sources: inout [String: SourceValue]) -> [SecretDeclaration] {
        var secrets: [SecretDeclaration] = []
        for member in reader.mapping("secrets", in: fields) ?? [] {
            checkName(member, "a secret")
            let noun = "secret `\(member.name)`"
            let forms = "`{env: VARIABLE}`, `{secretsmanager: ID, key: NAME}` or `{ssm: NAME}`"
            let keys = ["env", "secretsmanager", "key", "ssm"]
            guard case .mapping = member.value.content else {
                reader.add("\(noun) must say where it comes from", at: member.value, hint: "write \(forms)")
                continue
            }
            guard let fields = reader.fields(of: member.value, noun, allowed: keys) else { continue }
            reader.checkTemplates(in: member.value)
            let given = ["env", "secretsmanager", "ssm"].filter { fields.holds($0) }
            guard given.count == 1 else {
                let count = given.isEmpty ? "no source" : "more than one source"
                reader.add("\(noun) has \(count)", atNameOf: member, hint: "write \(forms)")
                continue
            }
            if let key = fields.members["key"], given != ["secretsmanager"] {
                reader.add("`key` picks a member of a Secrets Manager secret only", atNameOf: key)
            }
            sources[member.name] = member.value
            if let source = source(fields) { secrets.append(SecretDeclaration(name: member.name, source: source)) }
        }
        return secrets
    }

    private mutating func source(_ fields: Fields) -> SecretDeclaration.Source? {
        if let variable = reader.text("env", in: fields) { return .environment(variable: variable) }
        if let id = reader.text("secretsmanager", in: fields) {
            return .secretsManager(id: id, key: reader.text("key", in: fields))
        }
        return reader.text("ssm", in: fields).map { .parameter(name: $0) }
    }

    /// Approvals in the order written.
    mutating func approvals(_ fields: Fields) -> [ApprovalPolicy] {
        (reader.mapping("approvals", in: fields) ?? []).compactMap { member in
            checkName(member, "an approval")
            var policy = ApprovalPolicy(name: member.name)
            if case .scalar(.null) = member.value.content { return policy }
            let keys = ["min", "not_initiator", "expires", "approvers"]
            guard let fields = reader.fields(of: member.value, "an approval", allowed: keys) else { return policy }
            policy.minimum = reader.count("min", in: fields) ?? policy.minimum
            policy.excludesInitiator = reader.boolean("not_initiator", in: fields) ?? false
            policy.expires = reader.duration("expires", in: fields) ?? policy.expires
            let approvers = reader.elements("approvers", in: fields)
            policy.approvers = (approvers ?? []).compactMap { reader.text($0, "an approver") }
            if let approvers, !approvers.isEmpty, Set(policy.approvers).count < policy.minimum {
                reader.add(
                    "approval `\(member.name)` needs \(policy.minimum) people and names \(Set(policy.approvers).count)",
                    atNameOf: member,
                    hint: "name more approvers, or lower `min`"
                )
            }
            return policy
        }
    }
}
