import MigrateCore

extension RunbookParser {
    private static let works = ["probe", "do", "confirm", "manual", "soak"]
    private static let stepKeys =
        [
            "id", "title", "why", "with", "for_each", "needs", "when", "verify", "watch", "rollback", "timeout",
            "retry", "on_failure", "point_of_no_return", "window", "run_in", "capture",
        ] + works

    /// Step as far as it can be read; nil when its work or its id cannot.
    mutating func step(_ value: SourceValue) -> StepDeclaration? {
        guard let fields = reader.fields(of: value, "a step", allowed: Self.stepKeys) else { return nil }
        require(["id"], in: fields, "a step")
        for (name, member) in fields.members.sorted(by: { $0.key < $1.key }) where name != "capture" {
            reader.checkTemplates(in: member.value)
        }
        let id = reader.text("id", in: fields)
        let work = work(fields)
        let parameters = parameters(fields)
        guard let id, let (work, place) = work else {
            if let id { unreadableSteps.insert(id) }
            checkExtras(fields)
            return nil
        }
        var step = StepDeclaration(
            id: id,
            location: fields.members["id"]?.value.location ?? Self.place(of: value),
            title: reader.localized("title", in: fields) ?? LocalizedText(id),
            work: work,
            workLocation: place,
            parameters: parameters ?? SourceValue(.mapping([]), at: nil)
        )
        step.why = reader.localized("why", in: fields)
        for name in ["title", "why", "manual", "when", "rollback"] { step.wording[name] = fields.members[name]?.value }
        readExtras(fields, into: &step)
        return step
    }

    /// What the step does; nil when it says nothing or more than one thing.
    private mutating func work(_ fields: Fields) -> (StepDeclaration.Work, SourceLocation)? {
        let given = Self.works.filter { fields.members[$0] != nil }
        guard let name = given.first, let member = fields.members[name] else {
            if fields.misspelled.isDisjoint(with: Self.works) {
                reader.add(
                    "a step needs something to do",
                    at: fields.members["id"]?.value ?? fields.place,
                    hint: "give it one of `probe`, `do`, `confirm`, `manual` or `soak`"
                )
            }
            return nil
        }
        for other in given.dropFirst() {
            guard let second = fields.members[other] else { continue }
            reader.add(
                "a step does one thing, and this one has `\(name)` and `\(other)`",
                atNameOf: second,
                hint: "make two steps of it"
            )
        }
        let place = Self.place(of: member.value)
        switch name {
        case "probe": return reader.text(member.value, "`probe`").map { (.probe(kind: $0), place) }
        case "do": return reader.text(member.value, "`do`").map { (.action(kind: $0), place) }
        case "confirm": return reader.text(member.value, "`confirm`").map { (.confirm(approval: $0), place) }
        case "manual": return reader.localized("manual", in: fields).map { (.manual(text: $0), place) }
        default:
            return (.soak(member.value), place)
        }
    }

    private mutating func parameters(_ fields: Fields) -> SourceValue? {
        guard let member = fields.members["with"] else { return nil }
        guard fields.holds("probe") || fields.holds("do") else {
            reader.add("`with` belongs to a `probe` or a `do`", atNameOf: member, hint: "take it out")
            return nil
        }
        switch member.value.content {
        case .mapping: return member.value
        case .scalar(.null): return nil
        case .scalar, .list:
            reader.add("`with` must be a mapping, not \(FieldReader.words(for: member.value))", at: member.value)
            return nil
        }
    }

    /// Reads everything beside the work of a step that is dropped, for its mistakes.
    private mutating func checkExtras(_ fields: Fields) {
        let place = Self.place(of: fields.place)
        var dropped = StepDeclaration(
            id: "",
            location: place,
            title: LocalizedText(""),
            work: .confirm(approval: ""),
            workLocation: place,
            parameters: SourceValue(.mapping([]), at: nil)
        )
        readExtras(fields, into: &dropped)
    }

    private mutating func readExtras(_ fields: Fields, into step: inout StepDeclaration) {
        step.forEach = forEach(fields)
        step.needs = needs(fields)
        if let text = fields.members["when"].flatMap({ expression($0) }) { step.when = text }
        step.verify = probes("verify", in: fields)
        step.watch = probes("watch", in: fields)
        // Why `keep` for one that cannot be read: that it is missing must not be said as well.
        step.rollback = fields.members["rollback"].map { rollback($0.value) ?? .keep }
        step.timeout = reader.duration("timeout", in: fields)
        step.retry = fields.members["retry"].flatMap { retry($0.value) }
        let reaction = reader.choice("on_failure", of: ["pause", "back_out", "continue"], in: fields)
        step.onFailure = reaction.flatMap { FailureReaction(rawValue: $0) }
        pointOfNoReturn(fields, into: &step)
        window(fields, into: &step)
        if reader.choice("run_in", of: ["local"], in: fields) == nil, fields.members["run_in"] != nil { return }
        for member in reader.mapping("capture", in: fields) ?? [] {
            if let expression = expression(member) { step.capture[member.name] = expression }
        }
    }

    private mutating func expression(_ member: SourceValue.Member) -> Expression? {
        // Why: `when: true` is a condition too, and YAML has made a boolean of it.
        if case .scalar(.bool(let truth)) = member.value.content {
            return Expression("\(truth)", at: member.value.location)
        }
        return reader.text(member.value, "`\(member.name)`").map { Expression($0, at: member.value.location) }
    }

    private mutating func forEach(_ fields: Fields) -> StepDeclaration.ForEach? {
        fields.members["for_each"].flatMap { reader.loop($0.value) }
    }

    private mutating func needs(_ fields: Fields) -> [StepDeclaration.Reference]? {
        guard let member = fields.members["needs"] else { return nil }
        let elements: [SourceValue]
        switch member.value.content {
        case .list(let list): elements = list
        case .scalar, .mapping: elements = [member.value]
        }
        return elements.compactMap { element in
            reader.text(element, "a step in `needs`").map {
                StepDeclaration.Reference(id: $0, location: Self.place(of: element))
            }
        }
    }
}
