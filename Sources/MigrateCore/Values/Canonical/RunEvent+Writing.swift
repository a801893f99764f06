/// Events that journals hold in great numbers, written straight as canonical JSON.
///
/// Rule: the very bytes that the type's own `encode(to:)` leads to, and false, with nothing written, for every other
/// event. Why: `Codable` stays the one truth of what an event's text is; this only gets there sooner.
extension RunEvent {
    /// Appends its canonical JSON to `out`, if it is among those.
    func write(into out: inout [UInt8]) -> Bool {
        switch self {
        case .run: return false
        case .step(let id, let fact):
            let start = out.count
            out += #"{"step":{"_0":"#.utf8
            Value.write(id.rawValue, into: &out)
            return Self.close(fact.write(into: &out), from: start, in: &out)
        case .change(let attempt, let fact):
            let start = out.count
            out += #"{"change":{"_0":{"direction":"#.utf8
            Value.write(attempt.direction.rawValue, into: &out)
            out += #","number":"#.utf8
            out += String(attempt.number).utf8
            out += #","step":"#.utf8
            Value.write(attempt.step.rawValue, into: &out)
            out.append(UInt8(ascii: "}"))
            return Self.close(fact.write(into: &out), from: start, in: &out)
        }
    }

    private static func close(_ isWritten: Bool, from start: Int, in out: inout [UInt8]) -> Bool {
        if isWritten { out += "}}".utf8 } else { out.removeSubrange(start...) }
        return isWritten
    }
}

extension StepFact {
    fileprivate func write(into out: inout [UInt8]) -> Bool {
        switch self {
        case .started(let attempt):
            out += #","_1":{"started":{"attempt":"#.utf8
            out += String(attempt).utf8
        case .succeeded: out += #","_1":{"succeeded":{"#.utf8
        case .probed(let summary, let captures):
            out += #","_1":{"probed":{"captures":"#.utf8
            Self.write(captures, summary, into: &out)
        case .foundSatisfied(let summary, let captures):
            out += #","_1":{"foundSatisfied":{"captures":"#.utf8
            Self.write(captures, summary, into: &out)
        default: return false
        }
        out += "}}".utf8
        return true
    }

    private static func write(_ captures: [String: Value], _ summary: String, into out: inout [UInt8]) {
        Value.object(captures).write(into: &out)
        out += #","summary":"#.utf8
        Value.write(summary, into: &out)
    }
}

extension ChangeFact {
    fileprivate func write(into out: inout [UInt8]) -> Bool {
        switch self {
        case .intended(let change, let epoch):
            out += #","_1":{"intended":{"_0":"#.utf8
            change.write(into: &out)
            out += #","epoch":"#.utf8
            out += String(epoch).utf8
        case .applied(let receipt):
            out += #","_1":{"applied":{"receipt":"#.utf8
            receipt.write(into: &out)
        case .settled(let after, let summary, let captures):
            out += #","_1":{"settled":{"after":"#.utf8
            after.write(into: &out)
            out += #","captures":"#.utf8
            Value.object(captures).write(into: &out)
            out += #","summary":"#.utf8
            Value.write(summary, into: &out)
        default: return false
        }
        out += "}}".utf8
        return true
    }
}

extension Change {
    fileprivate func write(into out: inout [UInt8]) {
        out += #"{"effect":"#.utf8
        Value.write(effect.rawValue, into: &out)
        out += #","from":"#.utf8
        from.write(into: &out)
        out += #","kind":"#.utf8
        Value.write(kind, into: &out)
        out += #","parameters":"#.utf8
        parameters.write(into: &out)
        if let startsProgram { out += (startsProgram ? #","startsProgram":true"# : #","startsProgram":false"#).utf8 }
        out += #","summary":"#.utf8
        Value.write(summary, into: &out)
        out += #","to":"#.utf8
        to.write(into: &out)
        out += #","token":"#.utf8
        Value.write(token, into: &out)
        out.append(UInt8(ascii: "}"))
    }
}
