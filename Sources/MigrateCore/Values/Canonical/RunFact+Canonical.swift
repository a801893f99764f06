extension RunFact: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        self = try Self.fact(&reader)
        try reader.leave()
        try reader.leave()
    }

    private static func fact(_ reader: inout ValueReader) throws(Unfit) -> RunFact {
        if try reader.isCase("sessionEnded") { return .sessionEnded(try reader.read(SessionEnd.self, "_0")) }
        if try reader.isCase("backOutStarted") {
            let by = try reader.textIfPresent("by")
            return .backOutStarted(reason: try reader.text("reason"), by: by)
        }
        if try reader.isCase("backOutEnded") {
            return .backOutEnded(isHome: reader.has("isHome") ? try reader.truth() : nil)
        }
        if try reader.isCase("halted") { return .halted(try reader.read(SessionEnd.self, "_0")) }
        if try reader.isCase("requirementChecked") {
            let phase = PhaseID(try reader.text("_0"))
            return .requirementChecked(phase, problem: try reader.textIfPresent("problem"))
        }
        if try reader.isCase("phaseEnded") { return .phaseEnded(PhaseID(try reader.text("_0"))) }
        throw Unfit()
    }
}

extension SessionEnd: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if try reader.isCase("goalReached") {
            self = .goalReached
        } else if try reader.isCase("paused") {
            self = .paused(try reader.read(PauseReason.self, "_0"))
        } else if try reader.isCase("backedOut") {
            self = .backedOut(try reader.text("_0"))
        } else if try reader.isCase("rolledBack") {
            self = .rolledBack
        } else if try reader.isCase("rollbackFailed") {
            self = .rollbackFailed(StepID(try reader.text("_0")))
        } else if try reader.isCase("stopped") {
            self = .stopped
        } else if try reader.isCase("answered") {
            self = .answered
        } else {
            throw Unfit()
        }
        try reader.leave()
        try reader.leave()
    }
}

extension PauseReason: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        self = try Self.reason(&reader)
        try reader.leave()
        try reader.leave()
    }

    private static func reason(_ reader: inout ValueReader) throws(Unfit) -> PauseReason {
        if try reader.isCase("byOperator") { return .byOperator(try reader.text("_0")) }
        if try reader.isCase("failedStep") { return .failedStep(StepID(try reader.text("_0"))) }
        if try reader.isCase("inconclusive") { return .inconclusive(StepID(try reader.text("_0"))) }
        if try reader.isCase("inDoubt") { return .inDoubt(StepID(try reader.text("_0"))) }
        if try reader.isCase("drift") {
            let phase = PhaseID(try reader.text("_0"))
            return .drift(phase, try reader.text("_1"))
        }
        if try reader.isCase("watch") {
            let step = StepID(try reader.text("_0"))
            return .watch(step, try reader.text("_1"))
        }
        if try reader.isCase("phaseTimedOut") { return .phaseTimedOut(PhaseID(try reader.text("_0"))) }
        if try reader.isCase("leaseLost") { return .leaseLost }
        if try reader.isCase("conflict") { return .conflict(StepID(try reader.text("_0"))) }
        if try reader.isCase("requirement") {
            let phase = PhaseID(try reader.text("_0"))
            return .requirement(phase, try reader.text("_1"))
        }
        if try reader.isCase("approval") {
            let step = StepID(try reader.text("_0"))
            return .approval(step, try reader.text("_1"))
        }
        throw Unfit()
    }
}
