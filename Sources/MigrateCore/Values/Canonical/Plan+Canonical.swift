extension Plan: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let approvals = try reader.list("approvals") { (reader) throws(Unfit) in try ApprovalPolicy(reading: &reader) }
        let environment = try reader.text("environment")
        let notices =
            reader.has("notices") ? try reader.list { (reader) throws(Unfit) in try PlanNotice(reading: &reader) } : nil
        let phases = try reader.list("phases") { (reader) throws(Unfit) in try PlanPhase(reading: &reader) }
        let runbook = try reader.text("runbook")
        let secrets = try reader.list("secrets") { (reader) throws(Unfit) in try SecretDeclaration(reading: &reader) }
        let steps = try reader.list("steps") { (reader) throws(Unfit) in try PlanStep(reading: &reader) }
        let title = try reader.read(LocalizedText.self, "title")
        self.init(
            runbook: runbook,
            environment: environment,
            title: title,
            phases: phases,
            steps: steps,
            approvals: approvals,
            secrets: secrets,
            variables: try reader.values("variables")
        )
        self.notices = notices
        try reader.leave()
    }
}

extension LocalizedText: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        self.init(texts: try reader.texts("texts"))
        try reader.leave()
    }
}

extension PlanPhase: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let id = PhaseID(try reader.text("id"))
        let planned = try reader.durationIfPresent("planned")
        let requirement = try reader.read(PhaseDeclaration.Requirement.self, "requirement")
        let timeout = try reader.durationIfPresent("timeout")
        self.init(
            id: id,
            title: try reader.read(LocalizedText.self, "title"),
            planned: planned,
            requirement: requirement,
            timeout: timeout
        )
        try reader.leave()
    }
}

extension PhaseDeclaration.Requirement: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let rollbackReady = try reader.truth("rollbackReady")
        self.init(rollbackReady: rollbackReady, verifiedWithin: try reader.durationIfPresent("verifiedWithin"))
        try reader.leave()
    }
}

extension ApprovalPolicy: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let approvers = try reader.list("approvers") { (reader) throws(Unfit) in try reader.text() }
        let excludesInitiator = try reader.truth("excludesInitiator")
        let expires = try reader.duration("expires")
        let minimum = try reader.number("minimum")
        self.init(
            name: try reader.text("name"),
            minimum: minimum,
            excludesInitiator: excludesInitiator,
            expires: expires,
            approvers: approvers
        )
        try reader.leave()
    }
}

extension SecretDeclaration: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let name = try reader.text("name")
        self.init(name: name, source: try reader.read(Source.self, "source"))
        try reader.leave()
    }
}

extension SecretDeclaration.Source: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if try reader.isCase("environment") {
            self = .environment(variable: try reader.text("variable"))
        } else if try reader.isCase("secretsManager") {
            let id = try reader.text("id")
            self = .secretsManager(id: id, key: try reader.textIfPresent("key"))
        } else if try reader.isCase("parameter") {
            self = .parameter(name: try reader.text("name"))
        } else {
            throw Unfit()
        }
        try reader.leave()
        try reader.leave()
    }
}
