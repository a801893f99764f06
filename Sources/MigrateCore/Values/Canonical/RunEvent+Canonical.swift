extension RunEvent: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        if try reader.isCase("step") {
            let id = StepID(try reader.text("_0"))
            self = .step(id, try reader.read(StepFact.self, "_1"))
        } else if try reader.isCase("change") {
            let attempt = try reader.read(Attempt.self, "_0")
            self = .change(attempt, try reader.read(ChangeFact.self, "_1"))
        } else if try reader.isCase("run") {
            self = .run(try reader.read(RunFact.self, "_0"))
        } else {
            throw Unfit()
        }
        try reader.leave()
        try reader.leave()
    }
}

extension Attempt: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let direction = try reader.word(Direction.self, "direction")
        let number = try reader.number("number")
        self.init(step: StepID(try reader.text("step")), direction: direction, number: number)
        try reader.leave()
    }
}

extension Problem: CanonicalReadable {
    init(reading reader: inout ValueReader) throws(Unfit) {
        try reader.enter()
        let hint = try reader.textIfPresent("hint")
        self.init(try reader.text("message"), hint: hint)
        try reader.leave()
    }
}
