import MigrateCore

extension RunbookParser {
    /// Probes of `verify` or `watch`.
    mutating func probes(_ name: String, in fields: Fields) -> [StepDeclaration.ProbeCall] {
        guard let elements = reader.elements(name, in: fields), let member = fields.members[name] else { return [] }
        if elements.isEmpty {
            reader.add(
                "`\(name)` lists no probe",
                at: member.value,
                hint: "a gate without a condition would always be open"
            )
        }
        return elements.compactMap { element in
            let keys = ["probe", "with", "retry", "advisory"]
            let noun = "a probe in `\(name)`"
            guard let fields = reader.fields(of: element, noun, allowed: keys) else { return nil }
            require(["probe"], in: fields, noun)
            let retry = fields.members["retry"].flatMap { self.retry($0.value) }
            let isAdvisory = reader.boolean("advisory", in: fields) ?? false
            guard let place = fields.members["probe"]?.value, let kind = reader.text("probe", in: fields) else {
                return nil
            }
            return StepDeclaration.ProbeCall(
                kind: kind,
                location: Self.place(of: place),
                parameters: with(fields),
                isAdvisory: isAdvisory,
                retry: retry
            )
        }
    }

    /// `true`, or what coming back would cost: words, and probes that say how much it is by now.
    mutating func pointOfNoReturn(_ fields: Fields, into step: inout StepDeclaration) {
        guard let member = fields.members["point_of_no_return"] else { return }
        guard case .mapping = member.value.content else {
            step.isPointOfNoReturn = reader.boolean("point_of_no_return", in: fields) ?? false
            return
        }
        let noun = "`point_of_no_return`"
        guard let fields = reader.fields(of: member.value, noun, allowed: ["cost", "measure"]) else { return }
        require(["cost"], in: fields, noun)
        step.isPointOfNoReturn = true
        step.returnCost = reader.localized("cost", in: fields)
        step.wording["point_of_no_return"] = fields.members["cost"]?.value
        step.returnCostProbes = probes("measure", in: fields)
    }

    /// Times in which the step may start.
    mutating func window(_ fields: Fields, into step: inout StepDeclaration) {
        guard let member = fields.members["window"], let text = reader.text("window", in: fields) else { return }
        guard ChangeWindow(text: text) != nil else {
            reader.add(
                "`\(text)` is not a change window",
                at: member.value,
                hint: "write it like `Sat 01:00-05:00 Asia/Seoul` or `Mon-Thu 22:00-04:00 UTC; Sun 00:00-24:00 UTC`"
            )
            return
        }
        step.window = text
        step.windowLocation = member.value.location
    }

    /// Parameters under `with`; none when they are left out.
    mutating func with(_ fields: Fields) -> SourceValue {
        let none = SourceValue(.mapping([]), at: nil)
        guard let value = fields.members["with"]?.value else { return none }
        switch value.content {
        case .mapping: return value
        case .scalar(.null): return none
        case .scalar, .list:
            reader.add("`with` must be a mapping, not \(FieldReader.words(for: value))", at: value)
            return none
        }
    }

    /// How a step is undone.
    mutating func rollback(_ value: SourceValue) -> StepDeclaration.Rollback? {
        let forms = "`keep`, `captured`, `{none: REASON}` or `{do: KIND, with: {…}}`"
        switch value.content {
        case .scalar(.string("keep")): return .keep
        case .scalar(.string("captured")): return .captured
        case .scalar(.string("none")):
            reader.add(
                "`rollback: none` needs a reason",
                at: value,
                hint: "write `rollback: {none: REASON}`; it is shown wherever it matters"
            )
            return nil
        case .scalar, .list:
            reader.add("`rollback` cannot be \(FieldReader.words(for: value))", at: value, hint: "write \(forms)")
            return nil
        case .mapping: break
        }
        guard let fields = reader.fields(of: value, "`rollback`", allowed: ["none", "do", "with"]) else { return nil }
        if fields.members["none"] != nil, fields.members["do"] == nil {
            if let with = fields.members["with"] { reader.add("`with` belongs to a `do`", atNameOf: with) }
            return reader.text("none", in: fields).map { .none(reason: $0) }
        }
        guard fields.members["none"] == nil, let action = fields.members["do"] else {
            if fields.misspelled.isEmpty {
                reader.add("`rollback` must say one thing", at: value, hint: "write \(forms)")
            }
            return nil
        }
        return reader.text("do", in: fields).map {
            .action(kind: $0, parameters: with(fields), location: Self.place(of: action.value))
        }
    }

    /// How often and how long something is tried.
    mutating func retry(_ value: SourceValue) -> RetryPolicy? {
        let keys = ["attempts", "for", "every", "at_most"]
        let forms = "`{attempts: 5}` or `{for: 10m, every: 5s, at_most: 30s}`"
        if case .scalar = value.content {
            reader.add(
                "`retry` must be a mapping, not \(FieldReader.words(for: value))",
                at: value,
                hint: "write \(forms)"
            )
            return nil
        }
        guard let fields = reader.fields(of: value, "`retry`", allowed: keys) else { return nil }
        let attempts = reader.count("attempts", in: fields)
        let patience = reader.duration("for", in: fields)
        let interval = reader.duration("every", in: fields) ?? RetryPolicy.waiting.interval
        let ceiling = reader.duration("at_most", in: fields)
        guard fields.holds("attempts") != fields.holds("for") else {
            reader.add("`retry` needs either `attempts` or `for`", at: value, hint: "write \(forms)")
            return nil
        }
        if let member = fields.members["every"], interval == .zero {
            reader.add("`every` must be longer than nothing", at: member.value)
        }
        if let ceiling, let member = fields.members["at_most"], ceiling < interval {
            reader.add("`at_most` is shorter than `every`", at: member.value)
        }
        guard attempts != nil || patience != nil else { return nil }
        return RetryPolicy(
            attempts: attempts ?? 1,
            patience: patience,
            interval: interval,
            ceiling: ceiling ?? max(interval, RetryPolicy.waiting.ceiling)
        )
    }
}
