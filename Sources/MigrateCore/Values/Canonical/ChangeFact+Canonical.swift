extension ChangeFact: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if let found = try Self.common(&reader) {
            self = found
        } else {
            self = try Self.rare(&reader)
        }
        try reader.leave()
        try reader.leave()
    }

    /// Facts of nearly every change; nil, and nothing read, when it is another.
    private static func common(_ reader: inout ValueReader) throws(Unfit) -> ChangeFact? {
        if try reader.isCase("intended") {
            let change = try reader.read(Change.self, "_0")
            return .intended(change, epoch: try reader.number("epoch"))
        }
        if try reader.isCase("applied") { return .applied(receipt: try reader.value("receipt")) }
        if try reader.isCase("settled") {
            let after = try reader.value("after")
            let captures = try reader.values("captures")
            return .settled(after: after, summary: try reader.text("summary"), captures: captures)
        }
        if try reader.isCase("returnStarted") { return .returnStarted }
        return nil
    }

    private static func rare(_ reader: inout ValueReader) throws(Unfit) -> ChangeFact {
        if try reader.isCase("notApplied") { return .notApplied(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("outcomeUnknown") { return .outcomeUnknown(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("foundNotApplied") { return .foundNotApplied }
        if try reader.isCase("inDoubt") { return .inDoubt(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("resolved") {
            let applied = try reader.truth("applied")
            let by = try reader.text("by")
            return .resolved(applied: applied, reason: try reader.text("reason"), by: by)
        }
        if try reader.isCase("returnDelayed") { return .returnDelayed(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("returnNotNeeded") { return .returnNotNeeded(summary: try reader.text("summary")) }
        if try reader.isCase("returnFailed") { return .returnFailed(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("conflicted") {
            let before = reader.has("before") ? try reader.value() : nil
            let byHand = reader.has("byHand") ? try reader.text() : nil
            let expected = try reader.value("expected")
            let found = try reader.value("found")
            return .conflicted(expected: expected, found: found, before: before, byHand: byHand)
        }
        throw Unfit()
    }
}

extension Change: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let effect = try reader.word(EffectClass.self, "effect")
        let from = try reader.value("from")
        let kind = try reader.text("kind")
        let parameters = try reader.value("parameters")
        let startsProgram = reader.has("startsProgram") ? try reader.truth() : nil
        let summary = try reader.text("summary")
        let to = try reader.value("to")
        self.init(
            kind: kind,
            parameters: parameters,
            from: from,
            to: to,
            token: try reader.text("token"),
            effect: effect,
            summary: summary
        )
        self.startsProgram = startsProgram
        try reader.leave()
    }
}
