extension StepFact: CanonicalReadable {
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

    /// Facts of nearly every step; nil, and nothing read, when it is another.
    private static func common(_ reader: inout ValueReader) throws(Unfit) -> StepFact? {
        if try reader.isCase("started") { return .started(attempt: try reader.number("attempt")) }
        if try reader.isCase("succeeded") { return .succeeded }
        if try reader.isCase("probed") {
            let captures = try reader.values("captures")
            return .probed(summary: try reader.text("summary"), captures: captures)
        }
        if try reader.isCase("foundSatisfied") {
            let captures = try reader.values("captures")
            return .foundSatisfied(summary: try reader.text("summary"), captures: captures)
        }
        if try reader.isCase("conditionHeld") { return .conditionHeld }
        if try reader.isCase("skipped") {
            let by = try reader.textIfPresent("by")
            return .skipped(reason: try reader.text("reason"), by: by)
        }
        if try reader.isCase("reset") { return .reset(by: try reader.textIfPresent("by")) }
        return nil
    }

    private static func rare(_ reader: inout ValueReader) throws(Unfit) -> StepFact {
        if try reader.isCase("soakStarted") { return .soakStarted(until: try reader.time("until")) }
        if try reader.isCase("approvalAsked") { return .approvalAsked(until: try reader.time("until")) }
        if try reader.isCase("personAsked") { return .personAsked }
        if try reader.isCase("failed") { return .failed(try reader.read(StepFailure.self, "_0")) }
        if try reader.isCase("stalled") { return .stalled(try reader.read(Problem.self, "_0")) }
        if try reader.isCase("canceled") { return .canceled }
        if try reader.isCase("rollbackSkipped") {
            let by = try reader.textIfPresent("by")
            return .rollbackSkipped(reason: try reader.text("reason"), by: by)
        }
        if try reader.isCase("kept") { return .kept }
        throw Unfit()
    }
}

extension StepFailure: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let kind = try reader.word(Kind.self, "kind")
        self.init(kind, try reader.read(Problem.self, "problem"))
        try reader.leave()
    }
}
