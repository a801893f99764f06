extension PlanStep: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let capture = try reader.texts("capture")
        let composite = try reader.textIfPresent("composite").map { StepID($0) }
        let id = StepID(try reader.text("id"))
        let isPointOfNoReturn = try reader.truth("isPointOfNoReturn")
        let needs = try reader.list("needs") { (reader) throws(Unfit) in StepID(try reader.text()) }
        let onFailure = try reader.word(FailureReaction.self, "onFailure")
        let phase = PhaseID(try reader.text("phase"))
        let retry = try reader.read(RetryPolicy.self, "retry")
        let returnCost = reader.has("returnCost") ? try LocalizedText(reading: &reader) : nil
        let returnCostProbes = reader.has("returnCostProbes") ? try Self.probes(&reader) : nil
        let rollback = try reader.read(RollbackPlan.self, "rollback")
        let timeout = try reader.duration("timeout")
        let title = try reader.read(LocalizedText.self, "title")
        let traffic = reader.has("traffic") ? try Self.traffic(&reader) : nil
        try reader.go(to: "verify")
        let verify = try Self.probes(&reader)
        try reader.go(to: "watch")
        let watch = try Self.probes(&reader)
        let when = try reader.textIfPresent("when")
        let why = reader.has("why") ? try LocalizedText(reading: &reader) : nil
        let window = try reader.textIfPresent("window")
        self.init(
            id: id,
            phase: phase,
            title: title,
            work: try reader.read(Work.self, "work"),
            needs: needs,
            rollback: rollback,
            timeout: timeout,
            retry: retry,
            onFailure: onFailure
        )
        self.capture = capture
        self.composite = composite
        self.isPointOfNoReturn = isPointOfNoReturn
        self.returnCost = returnCost
        self.returnCostProbes = returnCostProbes
        self.traffic = traffic
        self.verify = verify
        self.watch = watch
        self.when = when
        self.why = why
        self.window = window
        try reader.leave()
    }

    private static func probes(_ reader: inout ValueReader) throws(Unfit) -> [ProbeCall] {
        try reader.list { (reader) throws(Unfit) in try ProbeCall(reading: &reader) }
    }

    private static func traffic(_ reader: inout ValueReader) throws(Unfit) -> KindDeclaration.TrafficRole {
        guard let role = KindDeclaration.TrafficRole(rawValue: try reader.text()) else { throw Unfit() }
        return role
    }
}

extension PlanStep.Work: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if try reader.isCase("action") {
            self = .action(try reader.read(ActionCall.self, "_0"))
        } else if try reader.isCase("probe") {
            self = .probe(try reader.read(ProbeCall.self, "_0"))
        } else if try reader.isCase("confirm") {
            self = .confirm(approval: try reader.text("approval"))
        } else if try reader.isCase("manual") {
            self = .manual(text: try reader.read(LocalizedText.self, "text"))
        } else if try reader.isCase("soak") {
            self = .soak(try reader.text("_0"))
        } else {
            throw Unfit()
        }
        try reader.leave()
        try reader.leave()
    }
}

extension RollbackPlan: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if try reader.isCase("captured") {
            self = .captured
        } else if try reader.isCase("notNeeded") {
            self = .notNeeded
        } else if try reader.isCase("keep") {
            self = .keep
        } else if try reader.isCase("none") {
            self = .none(reason: try reader.text("reason"))
        } else if try reader.isCase("action") {
            self = .action(try reader.read(ActionCall.self, "_0"))
        } else {
            throw Unfit()
        }
        try reader.leave()
        try reader.leave()
    }
}

extension ActionCall: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let effect = try reader.word(EffectClass.self, "effect")
        let kind = try reader.text("kind")
        self.init(kind: kind, parameters: try reader.value("parameters"), effect: effect)
        try reader.leave()
    }
}

extension ProbeCall: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let isAdvisory = try reader.truth("isAdvisory")
        let kind = try reader.text("kind")
        let parameters = try reader.value("parameters")
        self.init(
            kind: kind,
            parameters: parameters,
            retry: try reader.read(RetryPolicy.self, "retry"),
            isAdvisory: isAdvisory
        )
        try reader.leave()
    }
}

extension RetryPolicy: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let attempts = try reader.number("attempts")
        let ceiling = try reader.duration("ceiling")
        let interval = try reader.duration("interval")
        self.init(
            attempts: attempts,
            patience: try reader.durationIfPresent("patience"),
            interval: interval,
            ceiling: ceiling
        )
        try reader.leave()
    }
}
